/** Files that do something when they are opened. */

/** Programs, scripts, shortcuts, installers, disk images, and documents with macros. */
const extensions = new Set(
  (
    'ade adp apk app appx appxbundle appref-ms bas bat chm cmd com cpl diagcab dll dmg exe gadget hlp hta img inf ins iso isp jar jnlp js jse ksh lib library-ms lnk ' +
    'mde msc msh msi msix msp mst nsh ocx one pif ps1 ps2 psc1 psm1 py pyc pyw reg rgs scf scr sct search-ms settingcontent-ms sh shb sys theme url vb vbe vbs vbscript ' +
    'vhd vhdx vxd website ws wsc wsf wsh xbap xll docm dotm potm ppam ppsm pptm sldm xlam xlsb xlsm xltm iqy slk htm html mht mhtml shtml svg svgz xhtml'
  ).split(' '),
);

/** Whether a person should think before opening it: by its name, by its type, or because it is a program whatever it is called. */
export function isRisky(filename: string, mediaType: string, bytes: Uint8Array): boolean {
  const extension = /\.([a-z0-9-]{1,20})[. ]*$/i.exec(filename)?.[1]?.toLowerCase();
  if (extension !== undefined && extensions.has(extension)) return true;
  if (
    /^(?:application\/(?:x-ms(?:download|dos-program|i)|x-executable|x-sh|javascript|hta|xhtml\+xml)|text\/(?:html|javascript|vbscript)|image\/svg\+xml)$/.test(
      mediaType,
    )
  )
    return true;
  // "MZ", ELF, a script's first line.
  const [a, b, c, d] = bytes;
  return (
    (a === 0x4d && b === 0x5a && bytes.length > 64) ||
    (a === 0x7f && b === 0x45 && c === 0x4c && d === 0x46) ||
    (a === 0x23 && b === 0x21 && c === 0x2f)
  );
}
