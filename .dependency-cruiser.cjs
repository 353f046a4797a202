// The import law (docs/architecture.md): who may know whom. test/house/importLaw.test.ts breaks each rule once.
const TESTS = '[.]test[.]ts$'
const PURE = '^src/(domain|standards|projections|configured)/|^src/pipeline/(?!handler[.]ts$)'
const PROCESSES = '^src/(main|(api|metadata|feed|cli)/main)[.]ts$'
/** Run as a process or thread of their own, by the file beside them or by npm run codegen. */
const STARTED_BY_PATH = '^src/(supervisor/warden|chain/gatewayWorker|api/printSchema)[.]ts$'
/** What the codecs of src/abi are made of, and ethers for reading an ABI that an operator writes and for hashing. No driver, no network. */
const PURE_PACKAGES = 'node_modules/(@subsquid/(evm-abi|evm-codec)|ethers)/'

const code = (path, ...pathNot) => ({path, pathNot: [TESTS, ...pathNot]})
const rule = (name, comment, from, to) => ({name, comment, severity: 'error', from, to})

module.exports = {
  forbidden: [
    rule('no-cycles', 'Two files that need each other are one, or lack a third.', {pathNot: '^src/model/'}, {circular: true}),
    {
      name: 'no-dead-files',
      comment: 'What no process and no code of one imports is dead, or belongs to test/support.',
      severity: 'error',
      from: {pathNot: TESTS},
      module: {path: '^src/', pathNot: [TESTS, PROCESSES, STARTED_BY_PATH, '^src/(model|abi)/'], numberOfDependentsLessThan: 1},
    },
    rule('resolvable', 'An import that leads nowhere fails at run time.', {}, {couldNotResolve: true}),
    rule('declared', 'What src imports stands in package.json.', code('^src/'), {dependencyTypes: ['npm-no-pkg', 'npm-unknown']}),
    rule('no-dev-dependencies-at-run-time', 'The image is installed without them.', code('^src/'), {dependencyTypes: ['npm-dev']}),
    rule('tests-stay-outside', 'Code never needs its tests.', code('^src/'), {path: `${TESTS}|^test/`}),

    rule('domain-knows-nobody', 'The vocabulary is what everything else speaks.', code('^src/domain/'), {
      path: '^src/',
      pathNot: '^src/domain/',
    }),
    rule('standard-knows-domain-and-its-abi', 'One folder, and src/abi/<folder>.ts or <folder>-*.ts.', code('^src/standards/([^/]+)/'), {
      path: '^src/',
      pathNot: ['^src/domain/', '^src/standards/$1/', '^src/abi/$1[.]ts$', '^src/abi/$1-'],
    }),
    rule('projection-knows-domain', 'A projection is one folder and owns its tables.', code('^src/projections/([^/]+)/'), {
      path: '^src/',
      pathNot: ['^src/domain/', '^src/projections/$1/'],
    }),
    rule('configured-knows-domain', "The operator's own shapes are one more standard.", code('^src/configured/'), {
      path: '^src/',
      pathNot: ['^src/domain/', '^src/configured/'],
    }),
    rule(
      'one-door-each',
      'Standards and projections are reached through their registries.',
      code('^src/', '^src/(standards|projections)/'),
      {
        path: '^src/(standards|projections)/[^/]+/',
      },
    ),
    rule('pipeline-knows-only-inward', 'Registries and the store come to it as arguments.', code('^src/pipeline/'), {
      path: '^src/',
      pathNot: ['^src/domain/', '^src/pipeline/'],
    }),
    rule('pure-files-do-nothing', 'No clock, randomness, I/O or environment where rows are decided (INV-1).', code(PURE), {
      dependencyTypes: ['core'],
    }),
    rule('pure-files-need-no-driver', 'Nothing but codecs where rows are decided.', code(PURE), {
      path: 'node_modules/',
      pathNot: PURE_PACKAGES,
    }),

    rule('processes-meet-in-tables', 'A process never imports another.', {}, {path: PROCESSES}),
    rule(
      'only-the-processor-writes-its-tables',
      'INV-5: API and workers know neither the store nor the fold.',
      code('^src/(api|metadata|feed|explorer)/'),
      {
        path: '^src/(store|pipeline|projections|model)/',
      },
    ),
    rule(
      'only-the-store-touches-typeorm',
      'One place knows how rows are written and rolled back.',
      code('^src/', '^src/(store|model)/', '^src/main[.]ts$'),
      {
        path: 'node_modules/(typeorm|@subsquid/typeorm-store)/',
      },
    ),
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    tsConfig: {fileName: 'tsconfig.json'},
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default']},
  },
}
