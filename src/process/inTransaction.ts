import type {Pool, PoolClient} from 'pg'

/**
 * All of the work or nothing of it, on a connection of its own; one that cannot even roll back is thrown away. `mode`: as BEGIN takes it,
 * `ISOLATION LEVEL …`; a constant of ours.
 */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>, mode = ''): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query(`BEGIN ${mode}`)
    const result = await work(client)
    await client.query('COMMIT')
    client.release()
    return result
  } catch (error) {
    await client.query('ROLLBACK').then(
      () => client.release(),
      () => client.release(true),
    )
    throw error
  }
}
