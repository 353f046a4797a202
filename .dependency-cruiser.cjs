// The import law (docs/architecture.md): who may know whom.
const PURE =
  '^src/(domain|standards|projections)/|^src/pipeline/(router|decodeLogs|foldBatch|collectReads|expandRanges|foldEvents|projectionIndex)[.]ts$'
const TESTS = '[.]test[.]ts$'
const PROCESSES = '^src/main[.]ts$|^src/(api|metadata|feed|cli)/main[.]ts$'

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one, or lack a third.',
      from: {pathNot: '^src/model/'},
      to: {circular: true},
    },
    {
      name: 'domain-knows-nobody',
      severity: 'error',
      comment: 'The vocabulary is what everything else speaks.',
      from: {path: '^src/domain/', pathNot: TESTS},
      to: {path: '^src/', pathNot: '^src/domain/'},
    },
    {
      name: 'standard-knows-domain-and-its-abi',
      severity: 'error',
      comment: 'A standard is one folder: domain, itself, and src/abi/<folder> or src/abi/<folder>-*.',
      from: {path: '^src/standards/([^/]+)/', pathNot: TESTS},
      to: {path: '^src/', pathNot: ['^src/domain/', '^src/standards/$1/', '^src/abi/$1[.]ts$', '^src/abi/$1-']},
    },
    {
      name: 'projection-knows-domain',
      severity: 'error',
      comment: 'A projection is one folder and owns its tables.',
      from: {path: '^src/projections/([^/]+)/', pathNot: TESTS},
      to: {path: '^src/', pathNot: ['^src/domain/', '^src/projections/$1/']},
    },
    {
      name: 'configured-knows-domain',
      severity: 'error',
      comment: "The operator's own shapes are one more standard.",
      from: {path: '^src/configured/', pathNot: TESTS},
      to: {path: '^src/', pathNot: ['^src/domain/', '^src/configured/']},
    },
    {
      name: 'one-door-to-standards-and-projections',
      severity: 'error',
      comment: 'They are reached through their registries.',
      from: {path: '^src/', pathNot: ['^src/standards/', '^src/projections/', TESTS]},
      to: {path: '^src/(standards|projections)/[^/]+/'},
    },
    {
      name: 'pipeline-knows-only-inward',
      severity: 'error',
      comment: 'The store comes to the pipeline as an argument.',
      from: {path: '^src/pipeline/', pathNot: TESTS},
      to: {path: '^src/', pathNot: ['^src/domain/', '^src/pipeline/']},
    },
    {
      name: 'processes-meet-in-tables',
      severity: 'error',
      comment: 'A process never imports another.',
      from: {path: PROCESSES},
      to: {path: PROCESSES},
    },
    {
      name: 'api-and-workers-do-not-write-the-processor-tables',
      severity: 'error',
      comment: 'INV-5: only the processor reaches the store and TypeORM.',
      from: {path: '^src/(api|metadata|feed|explorer)/'},
      to: {path: ['^src/(store|pipeline|standards|projections|model|chain)/', 'node_modules/typeorm/']},
    },
    {
      name: 'only-the-store-touches-typeorm',
      severity: 'error',
      from: {path: '^src/', pathNot: ['^src/(store|model)/', '^src/main[.]ts$']},
      to: {path: 'node_modules/(typeorm|@subsquid/typeorm-store)/'},
    },
    {
      name: 'pure-folders-do-nothing',
      severity: 'error',
      comment: 'No clock, randomness, I/O or environment where rows are decided (INV-1).',
      from: {path: PURE, pathNot: TESTS},
      to: {dependencyTypes: ['core'], pathNot: '^(node:)?buffer$'},
    },
    {
      name: 'pure-folders-need-no-driver',
      severity: 'error',
      from: {path: PURE, pathNot: TESTS},
      to: {path: 'node_modules/(pg|typeorm|ws|graphql|graphql-yoga|type-graphql|pino|@subsquid/evm-processor|@subsquid/typeorm-store)/'},
    },
    {
      name: 'no-dev-dependencies-at-run-time',
      severity: 'error',
      from: {path: '^src/', pathNot: [TESTS, '^src/demo/']},
      to: {dependencyTypes: ['npm-dev']},
    },
    {name: 'tests-stay-outside', severity: 'error', from: {path: '^src/', pathNot: TESTS}, to: {path: `${TESTS}|^test/`}},
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    tsConfig: {fileName: 'tsconfig.json'},
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default']},
  },
}
