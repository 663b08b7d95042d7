// The search script of the theme over a folder of index files, as a reader's browser has it: for tests and bench/search.py.
//
//   node tests/browser/search_engine.js FOLDER LANGUAGE query|suggest < LINES
//
// prints a line of JSON for each line: {"hits": documents, "better", "paths" of the first ten, "files", "bytes"}, or a
// list of suggestions.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const SCRIPT = path.resolve(__dirname, '../../site/theme/search.js');

// {query, suggest, card} of the script, and the list `read` of [name, bytes] of the files that it asked for.
function engine(folder, language) {
    const read = [];
    const make = vm.runInNewContext(`${fs.readFileSync(SCRIPT, 'utf8')};kolokolSearch`,
        { TextDecoder, TextEncoder, Intl, Uint8Array });
    const search = make(async (name) => {
        const bytes = fs.readFileSync(path.join(folder, name));
        read.push([name, bytes.length]);
        return new Uint8Array(bytes);
    }, language);
    return { ...search, read };
}

async function main() {
    const [folder, language, what] = process.argv.slice(2);
    const search = engine(folder, language);
    for (const line of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
        if (what === 'suggest') {
            console.log(JSON.stringify(await search.suggest(line)));
            continue;
        }
        const fresh = engine(folder, language);
        const { hits, better } = await fresh.query(line);
        const index = [...fresh.read];
        const paths = await Promise.all(hits.slice(0, 10).map(async (hit) => (await fresh.card(hit)).path));
        console.log(JSON.stringify({ hits, better, paths, files: index.map(([name]) => name),
            bytes: index.reduce((sum, [, bytes]) => sum + bytes, 0) }));
    }
}

module.exports = { engine };
if (require.main === module) {
    main();
}
