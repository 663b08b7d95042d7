// Hands in the editor of the office: the text, the cursor behind a paragraph, what the page says of keeping, saving.
'use strict';

const text = (page) => page.locator('.writing .text');
const status = (page, words) => page.locator('#keep-status', { hasText: words }).waitFor(); // no eval: the page's policy
const kept = (page) => status(page, /Kept/);

// The cursor behind a paragraph's last word, however many lines it has.
async function behind(page, which) {
    const paragraph = text(page).locator('> p').nth(which);
    await paragraph.click();
    await paragraph.evaluate((dom) => {
        getSelection().selectAllChildren(dom);
        getSelection().collapseToEnd();
    });
}

// Adds words to a paragraph, as somebody types them.
async function type(page, which, words) {
    await behind(page, which);
    await page.keyboard.type(words);
}

// The page comes back with what became of it: saved, or merged with a colleague's.
async function save(page, done = 'saved') {
    await page.locator('.saving button.strong').click();
    await page.waitForURL(new RegExp(`done=${done}`));
}

module.exports = { behind, kept, save, status, text, type };
