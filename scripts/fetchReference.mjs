// Real contracts and ABIs that npm packages ship -> test/fixtures/published: what tests hold this repository's ABIs and decoders against. The
// packages are fetched by `npm pack`, checked by the registry's integrity hash, and never installed. Run by hand, to go to newer versions.
import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, relative} from 'node:path'
import {Interface} from 'ethers'
import solc from 'solc'

const OUT = 'test/fixtures/published'
const work = mkdtempSync(join(tmpdir(), 'reference-'))
const json = (path) => JSON.parse(readFileSync(path, 'utf8'))
const filesUnder = (dir, end) =>
  readdirSync(dir, {recursive: true, encoding: 'utf8'})
    .filter((file) => file.endsWith(end))
    .map((file) => join(dir, file))

/** Unpacked, with where it is from. */
function fetchPackage(name, version) {
  const [packed] = JSON.parse(execFileSync('npm', ['pack', '--json', `${name}@${version}`], {cwd: work, encoding: 'utf8'}))
  const bytes = readFileSync(join(work, packed.filename))
  const found = `sha512-${createHash('sha512').update(bytes).digest('base64')}`
  if (found !== packed.integrity) throw new Error(`${name}: ${found} is not ${packed.integrity}`)
  const dir = join(work, packed.filename.replace(/[.]tgz$/, ''))
  mkdirSync(dir)
  execFileSync('tar', ['xzf', join(work, packed.filename), '-C', dir, '--strip-components=1'])
  const license = json(join(dir, 'package.json')).license
  const text = readdirSync(dir).find((file) => /^license/i.test(file))
  if (text) cpSync(join(dir, text), join(OUT, `LICENSE-${name.replaceAll('/', '-').replace('@', '')}`))
  return {dir, from: {package: name, version, integrity: packed.integrity, license}}
}

const writeContract = (name, from, {abi, bytecode, deployedBytecode}) =>
  writeFileSync(join(OUT, `${name}.json`), `${JSON.stringify({from, abi, bytecode, deployedBytecode}, null, 1)}\n`)

/** `sources`: path as imported -> file or text; compiled by this repository's solc. */
function compile(entry, text, roots) {
  const findImport = (path) => {
    const [root, dir] = Object.entries(roots).find(([prefix]) => path.startsWith(prefix)) ?? []
    const file = root === undefined ? path : join(dir, path.slice(root.length))
    return existsSync(file) ? {contents: readFileSync(file, 'utf8')} : {error: `${path} not found`}
  }
  const input = {
    language: 'Solidity',
    sources: {'Entry.sol': {content: text}},
    settings: {
      evmVersion: 'cancun',
      optimizer: {enabled: true, runs: 200},
      metadata: {bytecodeHash: 'none', appendCBOR: false},
      outputSelection: {'*': {[entry]: ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object']}},
    },
  }
  const output = JSON.parse(solc.compile(JSON.stringify(input), {import: findImport}))
  const errors = (output.errors ?? []).filter(({severity}) => severity === 'error')
  if (errors.length > 0) throw new Error(errors.map(({formattedMessage}) => formattedMessage).join('\n'))
  const {abi, evm} = Object.values(output.contracts).find((contracts) => contracts[entry])[entry]
  return {abi, bytecode: `0x${evm.bytecode.object}`, deployedBytecode: `0x${evm.deployedBytecode.object}`}
}

/** ABI entries of events in the text of a bundle: what stands between the braces around `type: "event"`. */
function eventsInText(text) {
  return [...text.matchAll(/"?type"?\s*:\s*['"]event['"]/g)].map(({index}) => {
    const written = text
      .slice(braceFrom(text, index, -1), braceFrom(text, index, 1) + 1)
      .replaceAll("'", '"')
      .replaceAll(/([{,]\s*)(\w+)\s*:/g, '$1"$2":')
      .replaceAll(/,(\s*[}\]])/g, '$1')
    return JSON.parse(written)
  })
}

/** Where the brace is that encloses this place, to the left (-1) or to the right (1). */
function braceFrom(text, from, step) {
  const [closes, opens] = step < 0 ? ['{', '}'] : ['}', '{']
  for (let at = from, depth = 0; ; at += step) {
    if (text[at] === opens) depth++
    if (text[at] === closes && depth-- === 0) return at
  }
}

/** The layouts of events, each once, as Solidity writes them; only those whose topic0 and number of topics are also in abi/. */
function layoutsOf(entries, known) {
  const layouts = new Set()
  for (const entry of entries) {
    const event = Interface.from([entry]).fragments[0]
    const topicCount = 1 + event.inputs.filter(({indexed}) => indexed).length
    if (known.has(`${event.topicHash}/${topicCount}`)) layouts.add(event.format('full'))
  }
  return [...layouts].sort()
}

mkdirSync(OUT, {recursive: true})
const known = new Set(
  readdirSync('abi').flatMap((file) =>
    Interface.from(readFileSync(join('abi', file), 'utf8'))
      .fragments.filter(({type}) => type === 'event')
      .map(({topicHash, inputs}) => `${topicHash}/${1 + inputs.filter(({indexed}) => indexed).length}`),
  ),
)
/** What was read off other packages stays. */
const told = json(join(OUT, 'events.json'))
function tell({package: name, version, integrity, license}, from, entries) {
  told[name] = {version, integrity, license, from, events: layoutsOf(entries, known)}
  console.log(`${name} ${version}: ${told[name].events.length} events`)
}
const eventsOf = (abi) => (Array.isArray(abi) ? abi.filter(({type}) => type === 'event') : [])

try {
  const eas = fetchPackage('@ethereum-attestation-service/eas-contracts', '1.9.0')
  for (const name of ['EAS', 'SchemaRegistry'])
    writeContract(name, eas.from, json(join(eas.dir, `artifacts/contracts/${name}.sol/${name}.json`)))
  tell(eas.from, 'the compiled contract', eventsOf(json(join(eas.dir, 'artifacts/contracts/EAS.sol/EAS.json')).abi))

  const seaport = fetchPackage('@opensea/seaport-js', '4.3.0')
  const artifact = (path) => json(join(seaport.dir, 'src/artifacts', path))
  writeContract('Seaport', seaport.from, artifact('seaport/contracts/Seaport.sol/Seaport.json'))
  writeContract('ConduitController', seaport.from, artifact('seaport/contracts/conduit/ConduitController.sol/LocalConduitController.json'))
  writeContract('TestERC721', seaport.from, artifact('src/contracts/test/TestERC721.sol/TestERC721.json'))
  tell(seaport.from, 'the compiled contract', eventsOf(artifact('seaport/contracts/Seaport.sol/Seaport.json').abi))

  // These ship sources: what is compiled here is theirs, but for the lines that make something deployable of it.
  const erc6551 = fetchPackage('erc6551', '0.3.1')
  const registry = compile('ERC6551Registry', 'pragma solidity ^0.8.4; import "erc6551/ERC6551Registry.sol";', {'erc6551/': erc6551.dir})
  erc6551.from.license = 'MIT, by the SPDX line of each file'
  writeContract('ERC6551Registry', erc6551.from, registry)
  tell(erc6551.from, 'the Solidity sources', eventsOf(registry.abi))

  const erc721a = fetchPackage('erc721a', '4.3.0')
  const series = `pragma solidity ^0.8.4; import "erc721a/contracts/extensions/ERC4907A.sol";
    contract Series is ERC4907A {
      constructor(uint256 n) ERC721A("Series", "S") { _mintERC2309(msg.sender, n); }
      function mint(uint256 n) external { _mint(msg.sender, n); }
      function burn(uint256 id) external { _burn(id); }
    }`
  const seriesCode = compile('Series', series, {'erc721a/': erc721a.dir})
  writeContract('ERC721A', erc721a.from, seriesCode)
  tell(erc721a.from, 'the Solidity sources', eventsOf(seriesCode.abi))

  const solidstate = fetchPackage('@solidstate/contracts', '0.0.59')
  const diamond = compile(
    'Diamond',
    'pragma solidity ^0.8.4; import "@solidstate/contracts/proxy/diamond/SolidStateDiamond.sol"; contract Diamond is SolidStateDiamond {}',
    {'@solidstate/contracts/': solidstate.dir},
  )
  writeContract('Diamond', solidstate.from, diamond)
  tell(solidstate.from, 'the Solidity sources', eventsOf(diamond.abi))

  // ABIs alone.
  const story = fetchPackage('@story-protocol/core-sdk', '1.4.4')
  tell(story.from, 'its ABIs', eventsInText(readFileSync(join(story.dir, 'dist/story-protocol-core-sdk.esm.js'), 'utf8')))
  const agents = fetchPackage('agent0-sdk', '0.31.0')
  tell(agents.from, 'its ABIs', eventsInText(readFileSync(join(agents.dir, 'dist/core/contracts.js'), 'utf8')))
  const thirdweb = fetchPackage('@thirdweb-dev/contracts', '3.15.0')
  tell(
    thirdweb.from,
    'its ABIs',
    filesUnder(join(thirdweb.dir, 'abi'), '.json').flatMap((file) => eventsOf(json(file).abi ?? json(file))),
  )
  const openzeppelin = fetchPackage('@openzeppelin/contracts', '5.7.0')
  tell(
    openzeppelin.from,
    'its compiled contracts',
    filesUnder(join(openzeppelin.dir, 'build/contracts'), '.json').flatMap((file) => eventsOf(json(file).abi)),
  )

  const sorted = Object.fromEntries(Object.entries(told).sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(join(OUT, 'events.json'), `${JSON.stringify(sorted, null, 2)}\n`)
  console.log(`written to ${relative('.', OUT)}`)
} finally {
  rmSync(work, {recursive: true, force: true})
}
