// The editor's Markdown, without a browser: a body that is opened and saved unchanged has the same bytes; an edit changes
// the block edited and no other; what the editor does not know is kept. Shared: posts of two real sites, and CommonMark.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { SOURCE, assert, run, temporary } = require('./harness.js');

const SHARED = process.env.KOLOKOL_SHARED || path.resolve(SOURCE, '../shared');
let editor = null;

async function load() {
    const from = (name) => import(path.join(SOURCE, 'site/editor', name));
    const [{ open }, { write, writeNode }, { schema }] = [await from('read.js'), await from('write.js'), await from('schema.js')];
    editor = { open, write, writeNode, schema };
}

function unchanged(source, name) {
    const opened = editor.open(source);
    assert.equal(editor.write(opened.doc, opened), source, name);
    return opened;
}

// Words behind each paragraph in turn: it alone differs, and says so when it is read again.
function edited(source, name) {
    const opened = unchanged(source, name);
    opened.nodes.forEach((node, i) => {
        if (node.type.name !== 'paragraph') {
            return;
        }
        const content = node.content.append(node.type.create(null, editor.schema.text(' And more')).content);
        const doc = opened.doc.copy(opened.doc.content.replaceChild(i, node.copy(content)));
        const again = editor.open(editor.write(doc, opened));
        assert.equal(again.nodes.length, opened.nodes.length, `${name}: block ${i}`);
        again.sources.forEach((words, k) => {
            if (k !== i) {
                assert.equal(words, opened.sources[k], `${name}: block ${i} changed block ${k}`);
            }
        });
        assert.ok(again.sources[i].endsWith(' And more'), `${name}: block ${i}`);
    });
    return opened;
}

function walk(folder, suffix) {
    return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const whole = path.join(folder, entry.name);
        return entry.isDirectory() ? walk(whole, suffix) : whole.endsWith(suffix) ? [whole] : [];
    });
}

const bodyOf = (file) => fs.readFileSync(file, 'utf8').replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/, '');
const typesOf = (source) => editor.open(source).nodes.map((node) => node.type.name);

async function own() {
    await load();
    const files = [...walk(path.join(SOURCE, 'docs'), '.md'), ...walk(path.join(SOURCE, 'site/demo'), '.md'),
        ...walk(path.join(SOURCE, 'site/starter'), '.md')];
    assert.ok(files.length > 30);
    files.forEach((file) => edited(bodyOf(file), file));
}

async function edges() {
    for (const source of ['', '\n', '\n\n\n', 'a', 'a\n', '\na\n\n\n', 'a\r\n\r\nb\r\n', 'a\rb\r\rc', '\ufeffa\n', '# A\nb\n',
        '- a\n\n\n- b\n\n\nc', '    code\n\n\n', '```\nopen', 'a\n[ref]: /x\n', '[ref]: /x\n[b]: /y "t"\n\ntext [ref]\n', '\t\n \na  \n',
        '| a | b |\n|---|---|\n| 1 | 2 |\n', '<div>\n\n*a*\n\n</div>\n', 'x[^1]\n\n[^1]: Note.\n    more\n', '&nbsp;&copy; \\"a\\"\n', '***\n___\n']) {
        edited(source, JSON.stringify(source));
    }
    const { open, write, schema } = editor;
    const empty = open('');
    const typed = empty.doc.copy(empty.doc.content.replaceChild(0, schema.nodes.paragraph.create(null, schema.text('One.'))));
    assert.equal(write(typed, empty), 'One.\n');
    const crlf = open('a\r\n\r\nb\r\n');
    const changed = crlf.doc.copy(crlf.doc.content.replaceChild(1, schema.nodes.paragraph.create({ origin: 1 }, schema.text('c'))));
    assert.equal(write(changed, crlf), 'a\r\n\r\nc\r\n');
}

// docs/markdown.md: what Kolokol adds.
async function forms() {
    const { open, writeNode } = editor;
    const figure = '![Alt \\[1\\]](media:3 "Caption | Anna / AFP")';
    assert.deepEqual(typesOf(`${figure}\n\n> !pull\n> Set large.\n\n[![A](s.jpg "C")](https://x.example/)\n`), ['figure', 'blockquote', 'figure']);
    const node = open(figure).nodes[0];
    assert.equal(node.attrs.caption, 'Caption');
    assert.equal(node.attrs.credit, 'Anna / AFP');
    const pull = open('> !pull\n> Set large.\n').nodes[0];
    assert.equal(pull.attrs.pull, true);
    assert.equal(pull.textContent, 'Set large.');
    for (const source of ['![A](media:3 "C | D")', '> !pull\n> Set large.', '[![A](s.jpg "C")](https://x.example/)',
        'Denied.[^1]', '**a** *b* `c` ~~d~~ [e](/f "g")', '- a\n- b', '1. a\n2. b', '## H', 'https://a.example/b_c_d', 'He said \\"a\\" -- &nbsp;b']) {
        assert.equal(writeNode(open(source).nodes[0]), source);
    }
    assert.deepEqual(typesOf('<div>x</div>\n\n| a |\n|---|\n| b |\n\n[^1]: Note\n\ntext\n\n[r]: /x\n'),
        ['source', 'source', 'source', 'paragraph', 'source']);
    // Text that looks like Markdown stays text.
    const { schema } = editor;
    for (const words of ['# no heading', '1. no list', '- none', '> none', '*a* _b_ `c` [d] <e> &amp; \\', '+ x', '2) y', '===', 'snake_case_here']) {
        const again = open(writeNode(schema.nodes.paragraph.create(null, schema.text(words)))).nodes;
        assert.equal(again.length, 1, words);
        assert.equal(again[0].type.name, 'paragraph', words);
        assert.equal(again[0].textContent, words);
    }
}

function unpacked(archive) {
    const folder = temporary('posts');
    const done = spawnSync('sh', ['-c', `zstd -dc "${archive}" | tar -x -C "${folder}"`], { encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
    return folder;
}

function posts(name, least) {
    return async () => {
        const archive = path.join(SHARED, 'data', name);
        if (!fs.existsSync(archive)) {
            process.stdout.write('# skipped: the shared test material is not here\n');
            return;
        }
        const files = walk(unpacked(archive), '.md');
        assert.ok(files.length >= least);
        let blocks = 0, unknown = 0;
        files.forEach((file, i) => {
            const { nodes } = (i % 10 === 0 ? edited : unchanged)(bodyOf(file), file);
            blocks += nodes.length;
            unknown += nodes.filter((node) => node.type.name === 'source').length;
        });
        process.stdout.write(`# ${files.length} posts, ${blocks} blocks, ${unknown} of them kept as text\n`);
    };
}

async function commonmark() {
    const folder = path.join(SHARED, 'data/conf-commonmark');
    if (!fs.existsSync(folder)) {
        process.stdout.write('# skipped: the shared test material is not here\n');
        return;
    }
    let count = 0, blocks = 0, unknown = 0;
    for (const file of ['spec.txt', 'gfm-spec.txt']) {
        const spec = fs.readFileSync(path.join(folder, file), 'utf8');
        for (const [, example] of spec.matchAll(/^`{32} example[^\n]*\n([\s\S]*?)^\.\n[\s\S]*?^`{32}$/gm)) {
            const { nodes } = unchanged(example.replace(/→/g, '\t'), example);
            count++;
            blocks += nodes.length;
            unknown += nodes.filter((node) => node.type.name === 'source').length;
        }
    }
    assert.ok(count > 1300);
    walk(path.join(folder, 'samples'), '.md').forEach((file) => unchanged(fs.readFileSync(file, 'utf8'), file));
    process.stdout.write(`# ${count} examples, ${blocks} blocks, ${unknown} of them kept as text\n`);
}

run([
    ['editor: own pages come back byte by byte', own],
    ['editor: line ends, empty and broken bodies', edges],
    ['editor: figures, pull quotes, footnotes, and text that looks like Markdown', forms],
    ['editor: shared_18f', posts('news-18f/posts.tar.zst', 200)],
    ['editor: shared_digitalgov', posts('news-digitalgov/posts.tar.zst', 900)],
    ['editor: shared_other', posts('import-other/fixtures.tar.zst', 1)],
    ['editor: shared_commonmark', commonmark],
]);
