/** As PostgreSQL reads it: from the year 10000 on ISO 8601 has a sign and six digits, which stand there for a time zone. */
export const timeText = (time: Date): string => time.toISOString().replace(/^\+0*/, '')
