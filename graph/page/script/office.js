// Files for offices, written in the page because it works without a network and without anything installed: a workbook of rows with
// their quotes (SpreadsheetML) and a slide of native shapes (PresentationML), both as ECMA-376 has them.
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OOXML = 'http://schemas.openxmlformats.org';
const xmlText = (text) => String(text ?? '').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[\ud800-\udbff](?![\udc00-\udfff])|(^|[^\ud800-\udbff])[\udc00-\udfff]/g, '$1').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const relations = (list) => `${XML}<Relationships xmlns="${OOXML}/package/2006/relationships">${list.map(([id, type, target]) => `<Relationship Id="${id}" Type="${type.startsWith('http') ? type : `${OOXML}/officeDocument/2006/relationships/${type}`}" Target="${target}"/>`).join('')}</Relationships>`;
const contentTypes = (list) => `${XML}<Types xmlns="${OOXML}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${list.map(([part, type]) => `<Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/>`).join('')}</Types>`;

/** The letters of a column: 0 is A, 26 is AA. */
const columnName = (index) => (index < 26 ? '' : columnName(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));

/** One sheet: the first row bold and kept in sight, numbers as numbers, everything else as text that is never a formula. */
function sheetXml(rows, widths) {
  const cellXml = (value, row, column) => {
    if (value === '' || value === null || value === undefined) return '';
    const at = `${columnName(column)}${row + 1}`;
    const style = row ? (widths[column] > 30 ? 2 : 0) : 1;
    return typeof value === 'number' ? `<c r="${at}" s="${style}"><v>${value}</v></c>` : `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(value)}</t></is></c>`;
  };
  return `${XML}<worksheet xmlns="${OOXML}/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
    + `<cols>${widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join('')}</cols>`
    + `<sheetData>${rows.map((row, i) => `<row r="${i + 1}">${row.map((value, j) => cellXml(value, i, j)).join('')}</row>`).join('')}</sheetData>`
    + (rows.length > 1 ? `<autoFilter ref="A1:${columnName(rows[0].length - 1)}${rows.length}"/>` : '') + '</worksheet>';
}

/** A workbook of sheets, given as [name, rows, widths]. */
function workbook(sheets) {
  const font = (bold) => `<font>${bold ? '<b/>' : ''}<sz val="11"/><name val="Microsoft YaHei"/></font>`;
  return zipped([
    ['[Content_Types].xml', contentTypes([['/xl/workbook.xml', 'spreadsheetml.sheet.main'], ['/xl/styles.xml', 'spreadsheetml.styles'], ...sheets.map((_, i) => [`/xl/worksheets/sheet${i + 1}.xml`, 'spreadsheetml.worksheet'])])],
    ['_rels/.rels', relations([['rId1', 'officeDocument', 'xl/workbook.xml']])],
    ['xl/workbook.xml', `${XML}<workbook xmlns="${OOXML}/spreadsheetml/2006/main" xmlns:r="${OOXML}/officeDocument/2006/relationships"><sheets>${sheets.map(([name], i) => `<sheet name="${xmlText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', relations([...sheets.map((_, i) => [`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`]), [`rId${sheets.length + 1}`, 'styles', 'styles.xml']])],
    ['xl/styles.xml', `${XML}<styleSheet xmlns="${OOXML}/spreadsheetml/2006/main"><fonts count="2">${font(false)}${font(true)}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>`
      + '<cellXfs count="3"><xf fontId="0" applyAlignment="1"><alignment vertical="top"/></xf><xf fontId="1" applyFont="1"/><xf fontId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'],
    ...sheets.map(([, rows, widths], i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetXml(rows, widths)]),
  ], 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
}

const MAINS = `xmlns:a="${OOXML}/drawingml/2006/main" xmlns:r="${OOXML}/officeDocument/2006/relationships" xmlns:p="${OOXML}/presentationml/2006/main"`;
const fillXml = (colour) => (colour ? `<a:solidFill><a:srgbClr val="${colour.replace('#', '').toUpperCase()}"/></a:solidFill>` : '<a:noFill/>');
const lineXml = (colour, wide = 0.75, dash = '') => (colour ? `<a:ln w="${Math.round(wide * 12700)}">${fillXml(colour)}${dash ? `<a:prstDash val="${dash}"/>` : ''}</a:ln>` : '<a:ln><a:noFill/></a:ln>');

/** A slide's shapes as they are added: text, boxes and lines in EMU, each a shape that can be moved and edited. */
function slideShapes() {
  const shapes = [];
  const emu = (value) => Math.round(value);
  const frame = (x, y, w, high) => `<a:xfrm><a:off x="${emu(x)}" y="${emu(y)}"/><a:ext cx="${Math.max(1, emu(w))}" cy="${Math.max(1, emu(high))}"/></a:xfrm>`;
  const head = (name, kind = '') => `<p:nvSpPr><p:cNvPr id="${shapes.length + 2}" name="${xmlText(name)}"/><p:cNvSpPr${kind}/><p:nvPr/></p:nvSpPr>`;
  const text = (lines, { size = 10, colour = '#1a2230', bold = false, align = 'l', anchor = 'ctr', inset = 40000 } = {}) => `<p:txBody><a:bodyPr wrap="square" lIns="${inset}" rIns="${inset}" tIns="0" bIns="0" anchor="${anchor}"><a:normAutofit/></a:bodyPr>${lines.map((line) => `<a:p><a:pPr algn="${align}"/><a:r><a:rPr lang="${S.lang === 'en' ? 'en-GB' : 'zh-CN'}" sz="${Math.max(100, Math.round(size * 100))}"${bold ? ' b="1"' : ''}>${fillXml(colour)}<a:latin typeface="Microsoft YaHei"/><a:ea typeface="Microsoft YaHei"/></a:rPr><a:t>${xmlText(line)}</a:t></a:r></a:p>`).join('')}</p:txBody>`;
  return {
    shapes,
    box(name, x, y, w, high, { fill: colour, rim, shape = 'roundRect', lines = [''], ...style }) {
      // The radius of a corner as a share of the shorter side (ECMA-376, 20.1.9.18): at most six points, however large the box.
      const round = Math.round(Math.min(12000, (76200 / Math.max(1, Math.min(w, high))) * 100000));
      shapes.push(`<p:sp>${head(name)}<p:spPr>${frame(x, y, w, high)}<a:prstGeom prst="${shape}"><a:avLst>${shape === 'roundRect' ? `<a:gd name="adj" fmla="val ${round}"/>` : ''}</a:avLst></a:prstGeom>${fillXml(colour)}${lineXml(rim)}</p:spPr>${text(lines, style)}</p:sp>`);
    },
    line(name, points, colour, { dash = '', arrow = false } = {}) {
      const xs = points.map((p) => p.x);
      const ys = points.map((p) => p.y);
      const [left, top] = [Math.min(...xs), Math.min(...ys)];
      const [w, high] = [Math.max(1, emu(Math.max(...xs) - left)), Math.max(1, emu(Math.max(...ys) - top))];
      const path = points.map((p, i) => `<a:${i ? 'lnTo' : 'moveTo'}><a:pt x="${emu(p.x - left)}" y="${emu(p.y - top)}"/></a:${i ? 'lnTo' : 'moveTo'}>`).join('');
      const ln = lineXml(colour, 0.75, dash).replace('</a:ln>', `${arrow ? '<a:tailEnd type="triangle" w="sm" len="sm"/>' : ''}</a:ln>`);
      shapes.push(`<p:sp>${head(name)}<p:spPr>${frame(left, top, w, high)}<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="${w}" h="${high}" fill="none">${path}</a:path></a:pathLst></a:custGeom><a:noFill/>${ln}</p:spPr></p:sp>`);
    },
  };
}

/** A presentation of one slide with these shapes, of a size in EMU. */
function presentation(shapes, wide, high) {
  const tree = (inner) => `<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>${inner}</p:spTree></p:cSld>`;
  const scheme = ['dk1:000000', 'lt1:FFFFFF', 'dk2:1A2230', 'lt2:F8F6F1', 'accent1:1B3A6B', 'accent2:0067A8', 'accent3:0B7A53', 'accent4:B8430A', 'accent5:933A7D', 'accent6:7D6200', 'hlink:0B57A4', 'folHlink:933A7D']
    .map((one) => { const [name, value] = one.split(':'); return `<a:${name}><a:srgbClr val="${value}"/></a:${name}>`; }).join('');
  const styles = { fill: '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>', line: '<a:ln w="9525"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>' };
  return zipped([
    ['[Content_Types].xml', contentTypes([['/ppt/presentation.xml', 'presentationml.presentation.main'], ['/ppt/slides/slide1.xml', 'presentationml.slide'], ['/ppt/slideLayouts/slideLayout1.xml', 'presentationml.slideLayout'], ['/ppt/slideMasters/slideMaster1.xml', 'presentationml.slideMaster'], ['/ppt/theme/theme1.xml', 'theme']])],
    ['_rels/.rels', relations([['rId1', 'officeDocument', 'ppt/presentation.xml']])],
    ['ppt/presentation.xml', `${XML}<p:presentation ${MAINS}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:sldIdLst><p:sldId id="256" r:id="rId2"/></p:sldIdLst><p:sldSz cx="${wide}" cy="${high}"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>`],
    ['ppt/_rels/presentation.xml.rels', relations([['rId1', 'slideMaster', 'slideMasters/slideMaster1.xml'], ['rId2', 'slide', 'slides/slide1.xml'], ['rId3', 'theme', 'theme/theme1.xml']])],
    ['ppt/slides/slide1.xml', `${XML}<p:sld ${MAINS}>${tree(shapes.join(''))}<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>`],
    ['ppt/slides/_rels/slide1.xml.rels', relations([['rId1', 'slideLayout', '../slideLayouts/slideLayout1.xml']])],
    ['ppt/slideLayouts/slideLayout1.xml', `${XML}<p:sldLayout ${MAINS} type="blank">${tree('')}<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>`],
    ['ppt/slideLayouts/_rels/slideLayout1.xml.rels', relations([['rId1', 'slideMaster', '../slideMasters/slideMaster1.xml']])],
    ['ppt/slideMasters/slideMaster1.xml', `${XML}<p:sldMaster ${MAINS}>${tree('')}<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/><p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>`],
    ['ppt/slideMasters/_rels/slideMaster1.xml.rels', relations([['rId1', 'slideLayout', '../slideLayouts/slideLayout1.xml'], ['rId2', 'theme', '../theme/theme1.xml']])],
    ['ppt/theme/theme1.xml', `${XML}<a:theme xmlns:a="${OOXML}/drawingml/2006/main" name="Yangfan"><a:themeElements><a:clrScheme name="Yangfan">${scheme}</a:clrScheme><a:fontScheme name="Yangfan"><a:majorFont><a:latin typeface="Microsoft YaHei"/><a:ea typeface="Microsoft YaHei"/><a:cs typeface=""/></a:majorFont><a:minorFont><a:latin typeface="Microsoft YaHei"/><a:ea typeface="Microsoft YaHei"/><a:cs typeface=""/></a:minorFont></a:fontScheme>`
      + `<a:fmtScheme name="Yangfan"><a:fillStyleLst>${styles.fill.repeat(3)}</a:fillStyleLst><a:lnStyleLst>${styles.line.repeat(3)}</a:lnStyleLst><a:effectStyleLst>${'<a:effectStyle><a:effectLst/></a:effectStyle>'.repeat(3)}</a:effectStyleLst><a:bgFillStyleLst>${styles.fill.repeat(3)}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>`],
  ], 'application/vnd.openxmlformats-officedocument.presentationml.presentation');
}
