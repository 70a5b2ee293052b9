# Builds gongkai for compose.yaml. No install scripts run (.npmrc), and nothing is fetched when it runs.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY tools/api-reference/package.json tools/api-reference/
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev && node dist/cli.js trim --yes

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json /app/NOTICE ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dictionaries dictionaries
COPY --from=build /app/dist dist
RUN mkdir /out /artefacts && chown node:node /out /artefacts
USER node
ENTRYPOINT ["node", "/app/dist/cli.js"]
CMD ["--help"]
