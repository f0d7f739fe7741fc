/** Base64 as ports carry bytes, encoded by the browser itself: a script's own loop over megabytes would be felt in the page. */
export async function toBase64(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if ('toBase64' in bytes && typeof bytes.toBase64 === 'function') return String(bytes.toBase64());
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error('The browser could not read a part of the message'));
    reader.readAsDataURL(new Blob([bytes]));
  });
}
