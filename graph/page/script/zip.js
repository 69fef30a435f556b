// A ZIP archive (APPNOTE 6.3.9) of texts, deflated by the browser: what XLSX and PPTX files are made of (ECMA-376, part 2).
let crcTable = null;
function crc32(bytes) {
  crcTable ??= Uint32Array.from({ length: 256 }, (_, n) => { let c = n; for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; return c >>> 0; });
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

async function deflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Pack texts, given as [name, text], into one archive. */
async function zipped(files, type) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, text] of files) {
    const raw = new TextEncoder().encode(text);
    const packed = await deflated(raw);
    const title = new TextEncoder().encode(name);
    const fields = (extra) => {
      const view = new DataView(new ArrayBuffer(26 + extra));
      // Version 2.0, names in UTF-8, deflated; the time is that of 1980, so that the same content gives the same bytes.
      [[0, 20, 2], [2, 0x0800, 2], [4, 8, 2], [6, 0, 2], [8, 0x21, 2], [10, crc32(raw), 4], [14, packed.length, 4], [18, raw.length, 4], [22, title.length, 2]]
        .forEach(([at, value, size]) => (size === 4 ? view.setUint32(at, value, true) : view.setUint16(at, value, true)));
      return view;
    };
    parts.push(Uint8Array.of(0x50, 0x4b, 3, 4), new Uint8Array(fields(0).buffer), title, packed);
    const entry = fields(14);
    entry.setUint32(36, offset, true);
    directory.push(Uint8Array.of(0x50, 0x4b, 1, 2, 20, 0), new Uint8Array(entry.buffer), title);
    offset += 30 + title.length + packed.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = new DataView(new ArrayBuffer(18));
  end.setUint16(4, files.length, true);
  end.setUint16(6, files.length, true);
  end.setUint32(8, size, true);
  end.setUint32(12, offset, true);
  return new Blob([...parts, ...directory, Uint8Array.of(0x50, 0x4b, 5, 6), new Uint8Array(end.buffer)], { type });
}
