/** Looks of a compact grid: 28 px rows, a head that stays, a row that is plainly selected or focused. */

import { makeStyles, tokens } from '@fluentui/react-components';

/** Classes of a grid made of table elements. */
export const useGridStyles = makeStyles({
  scroller: {
    overflow: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow2,
  },
  table: { inlineSize: '100%', borderCollapse: 'collapse', fontSize: tokens.fontSizeBase300 },
  headCell: {
    position: 'sticky',
    insetBlockStart: 0,
    blockSize: '32px',
    paddingInline: '10px',
    textAlign: 'start',
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: `inset 0 -1px 0 ${tokens.colorNeutralStroke2}`,
    whiteSpace: 'nowrap',
  },
  row: {
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    // The sticky head must not hide the focused row.
    scrollMarginBlockStart: '40px',
  },
  selectedRow: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
  },
  cell: {
    blockSize: '28px',
    paddingBlock: 0,
    paddingInline: '10px',
    boxShadow: `inset 0 -1px 0 ${tokens.colorNeutralStroke3}`,
    maxInlineSize: '320px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  narrowCell: { maxInlineSize: '100px' },
  wrapCell: { whiteSpace: 'normal', overflowWrap: 'anywhere', maxInlineSize: 'none' },
  numberCell: { fontVariantNumeric: 'tabular-nums' },
  wireName: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  link: {
    color: tokens.colorBrandForegroundLink,
    textDecorationLine: 'none',
    ':hover': { textDecorationLine: 'underline', color: tokens.colorBrandForegroundLinkHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  quiet: { color: tokens.colorNeutralForeground3 },
});
