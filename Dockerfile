# One image for every process; the command chooses: node lib/main.js, node lib/api/main.js, node lib/cli/main.js <command>.
FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build

FROM node:20-slim
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps HOST=0.0.0.0
WORKDIR /app
COPY package.json package-lock.json ./
# The embedded PostgreSQL is the one optional dependency: a container has a database beside it.
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund && npm cache clean --force
COPY db ./db
COPY --from=build /app/lib ./lib
# indexer.yaml, when there is one, goes with the image (its secrets are variables); a mounted one is named by INDEXER_CONFIG.
COPY package.json indexer.yam[l] ./
# For the cache of logs, when a volume is mounted here or the default of cache.dir is left.
RUN mkdir .data && chown node:node .data
USER node
EXPOSE 4350
CMD ["node", "lib/cli/main.js", "--help"]
