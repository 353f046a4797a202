/** Beside where the command is given, as everything of one indexer. The demo has a folder of its own, which nothing else uses. */
export const POSTGRES_DIR = '.data/postgres'
export const DEMO_DIR = '.data/demo'
