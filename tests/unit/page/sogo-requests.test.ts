import { expect, it } from 'vitest';
import { folderPath } from '../../../utils/page/sogo-requests.ts';

it.each([
  ['INBOX', 'folderINBOX'],
  ['Clients/R&AOk-clamations &- devis', 'folderClients/folderR_AM_AOk-clamations_SP__AM_-_SP_devis'],
  ['2026/07.lot_3', 'folder_2026/folder_07_D_lot_U_3'],
  ['a/../b', 'foldera/folder_D__D_/folderb'],
  ['50%?x', 'folder_50%25%3Fx'],
])('writes the folder %s into an address as SOGo does', (folder, path) => {
  expect(folderPath(folder)).toBe(path);
});
