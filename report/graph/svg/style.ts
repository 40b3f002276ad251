import { FONT } from './text';

/** The colour of a change, as it ends a class: `cnew` of a line, `fnew` of what is filled. */
export const HUES = {
  kept: 'old',
  opened: 'new',
  closed: 'gone',
  wider: 'more',
  narrower: 'less',
  changed: 'mixed',
} as const;

/** Colours on a light ground, and on a dark one. */
export const LIGHT =
  '--bg:#fbfbf9;--frame:#ffffff;--edge:#d9d9d2;--box:#f4f5f2;--ink:#23262b;--soft:#6d727a;--open:#9a5b00;--openbg:#fdf0d9;--away:#2b5f8a;--awaybg:#e4eff8;--each:#ecece6;--stop:#b3261e;--new:#1a7f37;--more:#0f6fb8;--less:#a8480b;--mixed:#7a3ea8;--l0:#3d6f9e;--l1:#8a5a9e;--l2:#3f8474;--l3:#a06a2c;--l4:#6a6fb5;--l5:#7d7a3a';
export const DARK =
  '--bg:#16181c;--frame:#1d2025;--edge:#3a3f47;--box:#272b32;--ink:#e7e9ec;--soft:#9aa1ab;--open:#f0bf6c;--openbg:#3c2f17;--away:#8fc1ec;--awaybg:#1c3145;--each:#343a43;--stop:#ff8a80;--new:#6fd08c;--more:#6db7f2;--less:#f2a05f;--mixed:#c79bea;--l0:#7fb2e0;--l1:#c79ad8;--l2:#7cc4b1;--l3:#dca869;--l4:#a5a9ec;--l5:#c4c078';

/** How the parts of a picture look, in these colours. No meaning hangs on colour alone. */
export const RULES = `
.bg{fill:var(--bg)}.frame{fill:var(--frame);stroke:var(--edge)}.box{fill:var(--box);stroke:var(--edge)}.title{fill:var(--ink);font-size:13px;font-weight:600}
.name{fill:var(--ink);font-size:13px;font-weight:600}.soft{fill:var(--soft);font-size:10.5px}.label{fill:var(--ink);font-size:10px;paint-order:stroke;stroke:var(--frame);stroke-width:4px;stroke-linejoin:round}
.under{fill:var(--frame)}.in{fill:var(--openbg)}.out{fill:var(--awaybg)}.intext{fill:var(--open);font-size:10px}.outtext{fill:var(--away);font-size:10px}.both{fill:var(--each)}.bothtext{fill:var(--ink);font-size:10px}.unsure{fill:none;stroke:var(--edge);stroke-dasharray:3 2}
.line{fill:none;stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}.gap{fill:none;stroke:var(--frame);stroke-width:5.4}.exposure{stroke-width:2.2}.chord{opacity:.62}.w0{stroke-width:1}.w1{stroke-width:1.6}.w2{stroke-width:2.6}.w3{stroke-width:3.8}.w4{stroke-width:5.2}.w5{stroke-width:7}.blocked{stroke-dasharray:2 4}.undecided{stroke-dasharray:9 5}.opened{stroke-width:3}.closed{stroke-dasharray:7 4}.wider{stroke-width:3;stroke-dasharray:16 3}.narrower{stroke-dasharray:12 3 2 3}.changed{stroke-dasharray:12 3 2 3 2 3}.nobody{fill:none;stroke-dasharray:4 3}.faint{opacity:.55}
.c0{stroke:var(--l0)}.c1{stroke:var(--l1)}.c2{stroke:var(--l2)}.c3{stroke:var(--l3)}.c4{stroke:var(--l4)}.c5{stroke:var(--l5)}.f0{fill:var(--l0)}.f1{fill:var(--l1)}.f2{fill:var(--l2)}.f3{fill:var(--l3)}.f4{fill:var(--l4)}.f5{fill:var(--l5)}
.cnew{stroke:var(--new)}.fnew{fill:var(--new)}.cgone{stroke:var(--stop)}.fgone{fill:var(--stop)}.cmore{stroke:var(--more)}.fmore{fill:var(--more)}.cless{stroke:var(--less)}.fless{fill:var(--less)}.cmixed{stroke:var(--mixed)}.fmixed{fill:var(--mixed)}.cold{stroke:var(--soft)}.fold{fill:var(--soft)}
.box.opened{stroke:var(--new);stroke-width:2}.box.closed{stroke:var(--stop);stroke-width:2}`.trim();

/** Light or dark, chosen by what shows the picture. */
export const STYLE = `
svg{${LIGHT};font-family:${FONT}}
@media (prefers-color-scheme:dark){svg{${DARK}}}
${RULES}`.trim();
