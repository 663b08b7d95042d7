// The office's part of screenshots.js: office-PAGE-WIDTH[-dark].png.
'use strict';
const path = require('node:path');
const { at, code, openOffice, signedIn, tab } = require('./office.js');

// The office: before signing in, what an administrator has, and the editor's first page.
async function shootOffice(folder) {
    await openOffice();
    const stranger = await tab();
    const admin = await tab();
    const editor = await signedIn('editor');
    await admin.goto(at.links['first admin']);
    await admin.locator('#name').fill('Ada Admin');
    await admin.locator('#email').fill('ada@harbour-bell.example');
    await admin.locator('#new').fill('correct horse battery');
    await admin.locator('button.strong').click();
    let count = await shootTab(admin, 'second-factor', folder);
    await admin.locator('#code').fill(code(await admin.locator('code').textContent()));
    await admin.locator('button.strong').click();
    count += await shootTab(admin, 'recovery', folder);
    for (const [page, name] of [[stranger, 'sign-in'], [stranger, 'forgot'], [admin, 'staff'], [admin, 'staff/1'],
        [admin, 'audit'], [admin, 'account'], [admin, 'lock'], [editor, 'stories']]) {
        await page.goto(`${at.office}/${name}`);
        count += await shootTab(page, name.replace('/', '-'), folder);
    }
    return count;
}

async function shootTab(page, name, folder) {
    for (const [width, colorScheme] of [[390, 'light'], [1280, 'light'], [390, 'dark'], [1280, 'dark']]) {
        await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
        await page.emulateMedia({ colorScheme });
        const dark = colorScheme === 'dark' ? '-dark' : '';
        await page.screenshot({ path: path.join(folder, `office-${name}-${width}${dark}.png`), fullPage: true });
    }
    return 4;
}

module.exports = { shootOffice };
