"""What was learnt of people's weeks. Written by infra/train_send_times.py; read by rhythms.py."""

FINE_COMMON = """
0.17035 0.10000 0.08491 0.05275 0.04504 0.04110 0.03494 0.03483 0.03463 0.03236 0.03148 0.02760 0.02539 0.02410
0.02191 0.02047 0.01818 0.01693 0.01692 0.01666 0.01656 0.01523 0.01482 0.01440 0.01427 0.01332 0.01183 0.01163
0.01021 0.00964 0.00914 0.00843
"""
"""The share of people living each of the fine archetypes."""

COARSE_COMMON = """
0.19093 0.18743 0.10822 0.09778 0.08879 0.08199 0.06591 0.04798 0.03742 0.03533 0.03446 0.02376
"""
"""The share of people living each of the coarse archetypes."""

ZONES = """
0.00080 0.00159 0.00080 0.04715 0.09923 0.06105 0.13010 0.09280 0.02145 0.00424 0.00099 0.00921 0.15678 0.16305
0.04290 0.00947 0.00178 0.05271 0.00495 0.03309 0.03272 0.01668 0.00775 0.00527 0.00345
"""
"""The share of people at each offset from UTC, from -11 hours to +13."""

WEEKS = """
i=+gxPP+xeI>j=*VX5wsxqB{atYL0mvR*u10bKc799{NeY;2x(Onz^KoQy@6MWKMLf4B_6)WV3keWIU=ZFa|Jsb3piSY6g!+*-j|Nn7h+Y-+`H1$}~pzlwpB
_?|+oTeon#D7_N5RikB$cX-ihFJa?d(Oni@23r?e*IRyJ*lIv^-h8EklZiKzg`4A}eyvirGrI+~kD|(pPj_Ny>tFv|5?ys%Us`Ed`dT<(RcYLFRD6_zW{H@R
8lg<9?6pk3P{C%nEu@u=NqHV>abdw;U|(KebzPBMIA7jn>TmOU>w~z8w2?uXrK>x!-?t>c{KaX<Nxh4%xu1@bA&S$6%7*-g(S|pN5sB)Il#$1kR+%B3H=!e^
z_7r&al_uqJI`aylEE0W$)c*1)QcmCy@z0k;)ex?LWg6Dosa*MKbHiWYo5raevXcv5Ug9dmAg{4tE?TNz>-6RHg|Vzx@MqZiCz+3++LMmDq*!_=4M`N@^b8c
vxEqcL7Z2q6tb?a38M#?QH?`@+jGHcZ)8zm`(0pNJYLmbwqc@U&t-{eF>s=JPKAAu6`%93-@MVdd#eGRNsdE*IC86K>tcpqVqG^}W?YS4T46k69c8X)C~tCk
--XGMcAxF5Qn9D4H>8=E4U7SQHgi2{&|^hk_*{!zTU{Vuieai`>Sw8I!*TX{7l{0k7@t?Kp1I|+*`*wsiH%5rN_22*rDe@ws$cP5eP0S;PGfFm3TW(X2zA?j
wVYI*^rY9XGQ5Pv0?19m<+oL+vzo?{oQy<@zKKPNoQbZBa*hX)-jm{%iJPsRV538<NVaRj7tH+8vC_KAfxKs|Q=W*FLyqB!Fp2Jnw~3F77mnbM<B`OZH<q27
S)_cXQK&DhU8S{>>3<_|ykoaqgIkbYJzw%(&0cz8t7klMG<{@-Sc;U4&XEk8k)yP!udEKMiJljXOnW<RNMh()e_G^Q6kYvX3tgsPeP#P@8hho0tcjtF29h9}
fuj1SYpjK=F`oj9*LdG*IAO(GEm~t+OI_PtU0%Fk)n(LfXL_iF(TZY@Et994rJ)t3F{i+!MVwWP0(<sr5@D-b16z$;++8AGxL#0UbY>oJK6@F4TZ@&B>ysm!
w4pDiJgEt(NuL{yethn3N@Q1FNnO!i1YinakYK-KN@^!`HGqnW)RFv_Kbwo54YoeJW5Eu_cfQoFccSN)7LV15e21fkjE6FbK#QY|_mEMR(3~Tq0jfE#M6&?2
CbZVRBFE&+_Q$cebEX)X50Dv)fQd?qUW-YK-;1!0n36P@ik%doQ>CM-H>|L&y^qYIEV3QAD7Rp-=b(>_vwHk(Qf6~w=49k%_-6lRiD>F;UU02*fpvOzVR;IH
jE<<CaIL+&@xZ3GR-jvn{&#w8>ScCgaAW{xXl4axn`fnIcW!udigj^zG<qq5HIP)Gu&?U6e7*>_dZJQ``gbvFr)08X|6{*p24*>CfM*wKA8pQXZghEfs(avr
q>tpDGOBp5y0?6_>Ypo!=XK#}5M#DrYho&8Xl9LPMrrbE5pV8sDs%~VGkgPtgpL58)UnsS6ufq^@tx*~%y;)|J7sWVU1jZNf@U6P7ipqvn{QEc)^^BuMtjzR
PKKkCcBHSiV!EiZw5+S0?}wvy!)(TB7Ha8fq-sxXux}M{x^lU8p?fiXb$l^?K#RSXgr()R_Q62G^0n2U`H5tC_-?gokZPN2-E6mR#Be2Z3wHf^fPLqF!ha5f
n0i2kqLQwmp{tFjQ=PSrhJKK84{Jqdx@HJxLuRvOo@N+n6Kz;=KXkftP;w4*lzKFWRhE^d&aAqppq_@0P=07}A8O2I?PX47No3_?!(<a@m}=N>wsdE7<#8Qz
zjtJV(U7d2I;c9QcARmIb$ttQvuTKC{$|o=>t;M==4PpB9BvMCv~@Xi0B|31gLkljDv*Gm&Z*w1)}D}yXnNdk1!x#$y<`kzS7U5sYGx5>UTs!$lXeGm>Tt+$
ZF+Qs?vt&f8m!={W1wq~vVHY%8ELL$C1agp`eABf^<;o)UvH^(?s@WgHF!;T0DsMi)RvH;$Er}Yu()=v{hRlTiGVJ8_IU4kT6&v!33r!wTzQjw9euQXmwNbl
ihzHOWSc^!*{^WAlDY(|!<bu&(SQDVVt5dFqIn^Bo^>j9HFtM-9d{IUs&v?Q^MF~EzN(P7=&|pi8j$^ez;qXHifsaJUT+C-eQ!8#%Wm3jw`^x>rDxh@18Dbf
8G!+okf=hi!>@CswUd~G_IFQl>Tb+$4RU;QN_1g$2zAMH5OmgXYiw(2RBFa?h=5s?#H9wUWUIEI+>t7Rly+)x=xrHpdvLjO@pDgfJ9IL1X>vAin`<;_tZGqm
zk^+t$f(7%=C@L+LzSw7ba-KM&~RLGt#i_Iu5`b3K6Q0-_i$=%C~UxL-E1m#{er@kyQ=-WtGqU>9G8-WS$EoRM{Tced~wWjFLJ7Jm~m=xY;a3%tZdC|zilOT
5rpuP4yEq2I<>K__MtzK1%c>vAa3t!P-&fLd}$zSC2V+X%xlnU{A%57Msf6b2Y{iEIi-lbw#C%AKBA$GR(=3<2yLfm`DRpS8EL(1!EBdmFlQ!ZE@c{L&1*w+
PHU%qeU%QYM6@KXOr+eI0+1|;hJ}KJ%!Sy7D~0fZ;C-lg=y5e_e`B*=JYC0NH)@W1q>;p`w!M3~jHiE<<B0cx@P4y><$msfa)6+HKY9muyKz8jt6~COL0dat
l4-JdjE*X$Ag^4iPNhJamySP&gM|Nu^N8t(Y=nz}Ie+JT(01NzB4k=$fL^6xwP_T19F4}IMym;@bC|x2L54Ykcz}?B35Cjr&V=EC0)7#B*>XQ?*JEH`$X?N5
8*E~GQ;;~JAgNcU)16?FE{Y$8M}k&@$b>wD<bC9OWqe_KqIX?!18ZMq%46eXJ8(#R>5iYGfT&oak(wTmm4R1wR&c9r-)*aHI&7e89c!v;CTs9(TWa2BcxJq5
b8dZl!HE-|<*?(gqomQ5k%bg_KylV>m~LZkcx&Wnvu9Rlx@q!hyJvr7DPuThZFXUNt%4PdmzGeQ_?J+Uo{Cz6v3l`ynr=sGdS={X^<o!e_+w9HK4*GqE^J(I
kZyo<27Q=@u8*&jOO#@eCyC~MzjX(27i=A97-c?Vx?yQzjb-F$4{K*^jBG<}4QthJ3V4r#H;z-52A9H<{Eg&<1$<O>wQyT(nP(_u<ziQ31Z0_IW@ja6r)YI)
J8s}{D0c#WONY3Q<&f5p0*=^)9eihW*lx3Fxn;^@onpyifn*$Kt7%7UQEmEcDsL5Xzj&H}Wr#wL;gXh-UW(v>Sb7z6c5T0DrDlX=_+w>c1ZIS2$7<|sAa8|l
hJAW|z=On!36{F0zOtOO6|GOAIh!Pxgp*;9eT*oJ&xr_$`H8=Zvy1MF(}-q*QHC&!T9RR!3#Hq#(7d?253%v1cAGSqMwR!F{*4!naE!Bz@QlQZD~nEw7Kq!0
lxf^`)P@F|a;^@pBB9}wT858$mU6vrylw?>C2^s0$#W}plXr!7i*O=nwPN>TP-fe3+ku;x{HX)0vz<eY$9}bRn{VxH^=)=-?`?T-*>V(i6M1=eLvUDU`eBb@
XK06Yd52V+`K?H=1fmX*4}Yw4)@}Z4WNf8vvu;do=WUH|ta65P3U3l<9b=AS|7K8e0)d~Cou?VGHl*l|t$v_${%c)n0c^W(h;RjP*l@UVymQ}kr*Qje&170*
c4@hFs)yc~#HC-X4x~|%0fI$$y>U5jhi;2+jBp)qId1T9BXxy!?r|1u(q<oJ{%iz!evI#)45~G;E3MR>LXyRccZGw0`Fmh^Q+0ZD4|TS7?|6`TK6ig{>uY{#
6>)=p<B`pzqOoqa_OFJfU7fd+9*VDlG<ywrad)$LWO|5t%XfElc5+5<VQUj>fqPJij+)e`C9hSsx3xT{LX?|>6?Z{!S#Hv8bZx_JD{dHXj&QSZ)Neg+^KWT$
?R$`i{goJ?b)hq%D4uJU7mN*nj&>$;({aUcZEm@3pKktf8+J)|D0K#M#&8pKoqi;YgPA6%C$oXEi>gqb%Z^%t?0U&{z;fVlr*8&tE^xqeNOxy<NOZYy-fy0C
f_*=WpqzZFfw1AUTDDcHahIuu26_5%v~L1%>~JY^n{v2vymK9OzjS$XD0AO+n}H0Eik&5?UaxtzA+gMzhl<5}&vD>vZfwnL7i`OHc5nW0n{noHopUvF7j&C=
>wB_|OrUG11*xX4SF-e_a*#uQ(r?RTxLz_{LS7wU$zg(GdSfGI)M-m>J8kfAy?efhnwkZyXtQ;?=(ky>Gmzwah-^M$g<NS`K3cn5U|vLEjACkK{b#yrcx|+D
&WC512BzAm&!1+GM1YKTV{lSzG-<+S;$&-LYGLeR5oNMwCus6%sB6b;op7dk$A09B3zpEF!I=MvDSUWyWo{*Ft7tK1Xk-jzLS!sthh&mw9ciL#RBhsI&~FZP
VSzx3f0BQe*pw-Y`hELzb!}N`N@v1lIb^J2=3($*oMSp?pJ}IR(`*KC_H*)i$b-_46qwqUFp}Si*?ysQa&G`^gK89LLuLA717zT2@n$n>qiq3ij&4(L9&;yp
4vFcK+npGs;++|d(S6Q!F>=;!hijQ=H)bPba$`?rr)Vy0yKm)kE_K{?PI}OQ<c_(NPN2c14yBQyNSqs(R+k->vXJJDw~QK#F^aj0(TYBbxr!`}$ddh+eVKie
dY&7oeX>!v{k0*j*`XPmyO-vZ){aPw&y2~8lZrctf`<x;42z15tdK5~n3mm{SYujiCU}yCH;|o`Kb&Nqij*9Vr;F8wRDuqGM}WzIQhpkHvU!|$Fm%6eNM|2n
0Af>U^KvPFz>Arb-jwl=EQ^<k*@)(bOM?Y~^?vz)0D+2rfO_b3hi)opq+&2&%wNl7Yi&1rGK;~MV3-z_7>)IXS%fNtqJzzZ!G@=XgM(p!Zhc{T+jW+0kYvAK
c43`oYI5{`!Hk}kV3`h<a*m*hUWh7&C4_#2qlM^(8ifymG<_I(!*UyI!(<;}5Mu#p5_4XCREXS?Dw+hDy^$-8(TYxp1&8E^z=<}AaD?T3v3R0(J9U?DQfOdf
C}j3&ige?CLy4`Kc&AUHJC(GHGlP73*mEIp4Q{n+7ia5berC963~OI$Y-Jf^^<qY7&2M{o42gZ5ilMfbVvoCu0EI7n%ylhtm2F~ac4rr7QD>)Tm}ePgh-0H+
MsCV<pni0U>z5y)-=b2YH<($AE`ZB-1ah8iAZWv7>|`osVP`99Vr;Z)SZWGuB5po(pM496qLZ1OtDo?j@R4SPxq6IqMsLq-o@&5oV`xHZ>uYCgY-&?#AZzGr
18_ogLVY5M9+%9dC92_~Cz9-gA$m`9PH@6*iEPell4<#9H)<ViWpAKx+;9qTd~=I;vwVJp{gNxCLai^S7MW9udVjijV0B({&u$@YX>Flx8*bHa_i;~i4s#=N
pK@4tW`LKB3!1X1O|lWGua%F6#Cy_o7ITJi<!x_kiE6HDQf#bml5!$)3~_I9<Zw=OzI()m7L&1_Or#5=DW4shR*+MMEr4fwDs#hZAZf>FU~7PFr)*1XDsGH#
LUFNo$A8C&gq6{vBCDRO)S#r3>4$WFLU=NCo^L^GQ)vooW^Ti79Btxko^5z;V}+KHMWP$IBF{h8#LtJjhoV=H4S;cVUT|q{*KL4ox@iAnAYmY4erC*UqjOt(
0EJzW*rKknaljhRO31CRSeaaiG<;oiVQpk;zh^>ZJYi>GN@0y-fM*bGQFGFIgMh+{pqe_d%*^xE&d4vY{+dLKntmU2rEDK(RAb;_;b8q=yI{R!8*AKgpLd>n
)q(Ah+NW;4KE=|(4#GFHpq=%Kz<XtJD{KgAU})rJTVs4;(P9l{dun%aK6Z9`4TIy3P@dDWRLHQ+%)_Ir9htL?p?^+vMQ-+M_Gr~)oMB&IS6_f*iE7+&j&}ik
I)4&|q>^2xbGnwpO~dxPJ*v%;&493Udu--snP!4$k!)RUvun$2G;f!1pmbb%mw3N}GnJyIJF2;=#jAs>zMzVW3VQ%@<860rL~YA&z;N+zdvIWK+H;X|8*$)r
pOplsKCx}I?y8oT=74H#YhvkN=wJ|IQf8WGbZCKV*KgKx^m27_oO6nH_IsLz2$xE#4Ydfdo}>Gcs(=D;@MKP4v0xBnnPx|4^Jo%ncX3d5KzRUomv<a`?|y=Z
U6v82o36L59HwNLD}&Z=Yh+nq8DN=V)nn3SDQLZG3~%ajU3CL_xO+K$dVqR}<(XopWU2Y3Mxl$8qkxxhSY<z95MfDU=4FIt=4bwEC~(Yk;C9S-5_{!-(1f{-
F_svnjIJN6vY*$G8-W0F;%87}%VEW0>|`8gs%fxnM{tF7(|K8aGJUXpsDW>ZxR@lPbg^o<iLl6^zl*PXo^o7mqHFJMK5{{JD0%66mwQTl!+TnJw|L-teuIXN
5t?+SlB;m3g{JtQ@sH<!Bz7@z;%-B4i*kE+R(w2v34PpnF?JVrVR_PiHia*aw3Q{LfU^Cz=d0zI5QtuU=ybtv-)tOhifyQCBWd?%z-ZWNGi}0d({RXiGkkl8
9g&=$|E=<_8=!rUR)NWP3Uh&P-EBc{Qg8=v<ZQ2NW^40o`EMX{V|4v?#Cy7g&W!Dwho;P``J*zGVuq1=dvWh;*=me!@ov^^BWea{kZ0Fvcx)SOOKyO1jdpl{
or<HHw5n6EIjCxtd4qa)!El^xcWat#scnyJmuiJ+H)+snI&G$H?rm0Z?seFHz>UtHW3K0~z@b%*cYd&S1aEL@cV@9>-DkXJCS@CC!)26aI%sZc9c>wKDRy*#
5s<5&9<0By*s5Ba;fln3O?2aMpKk?lQ*pF$`f-wT(sV0z3Uvl^5prX68+to~!j-3@7pir$wXS)czl{2QiFBB6Ol|LO^KrRyh;ejrs&d$L?{&j;Gju0*CwuON
kZK-l;%{?!3xxWQnw7JWk%tF;q;{cn0d!(=LvPA%v~n1CvUoyymwEhkhH!ao(`2G#WNY<yT7&nAg^S&c^oI3%d34TmRdX_M!ft$WTzG$b!+Vl@v3dn~XmYq}
dTQEix^f14;e&CA)r$s?jE8%DJ9pl4gK>dzB5=!ZKyvGJ8g{UFJ$vzXg>N%!U1u6*Cu$IM{eansmW!s3pNlzw0ePl%M{^=^ig4|67Ir##A$tOV+JPQ?d~-u=
cxoAHG;d;fk%VH9yp|@DfQD0h`F3u0Hg$t@#B!c<sdck=0(uvGDt>)@9(Mt7Pi!=8%5YS8x`NG&!<8MG|BlUo$aSl5hHutwTWdCJc5fYa7I>m{>2%$6)p4_J
q-l3*C2k^f7klr9yO3Uz6pAl^F?i^6=yS$%=Wq{j>T=q5uX<Q{4tVu;Uvo!o`Ffs`Dxu`1EvwzC@SQ7<B!jPfqk27i_<gZ}7=cuLyLBIL;ANs*tygtenO;(9
O@AAepQ}5(4891iW|!lIHhb)MV|u%L^?D$D9DTWZg>sl^mtYuM9$3^^QD1><dVO}4x~(q1)WHF*{*)<%tb5FPJ9{R5Z+)VCdwEZF*m3A;`d}Yg5?9?<+g*Zc
ynp(R3z&PLDX2N51eI@yEPzLQhk2-aFnkAlT6ULmwQvt?A7V~fe^wn?aA2`*ABfAD`lv3pLbpAn`;Mo78hBQB1A6y-tbFr(b$ohx|8zWY=4sbqx?YoEZ)wbS
x`-2-t*leL?Z3pZH=&J?UxNvJb$J+i9D99z`F@~$TzX!5FL`Hme{sHWn{+vRZ;=?Ns=vC?pVqd;4yyN%s)2=iV|PAyYJBE@Qh#rL9)Hn&yLcvZ?r>&vPkCN~
Gk21F5Q4{u<&Qs+K8wAAZh1*@cWcaN_Gag3_-f#4plS(im~jMlhIoN@J9db5LwhfRDT}L-CYXGn#GxUY7K|!>%yTPl3~se>p>hm#SahOvHFimMmvxJDOLd-i
2YNn#&xCA?ES6iGbCxWQG=#T$z;df=KWEluE@xY61#L!eN^_@p;e2g<Mtf;__H~ecsEKTqa-QL#2%uJ(_KNI$N^_@d)M&(L(rZX=Yi{Ro0C%c;YkRnNuyZ(a
d~-*Bs)?$TdY+G^%b;SEjE3TRFmZuu@My$p8Ef8XuV;Q~Uv4#XyLAO~Y;M+V2Vq@i&T@=|0+;HYWS9kxQictH(|CV#{c-nlOLTa1Npk;m@p?IY26uCCA!?Ch
^=2|{OL+N);gKGbLXe1y0E66lt#qexmTiD+2yQNJ5pGs;=Xu9`3V1MYN@vMrJaoo%Gj<<(R(}kGnS(5Z{DQ23pMYL{lz1w1#&OMX>urH*FKl6Pe0DK-cXoDk
O?8WO{BtIB!FJnvEPfG!*M%~KtA2iYd34io5^vaU6K~UQ8*kZf1#y#eb9YpCa&-!Iq<8RrQHJh_42A-Sd5G|X%Y7Mo-FMS<b#=*gr*rjiYH)#Z$aC~|j(CrE
L2w~(fO1=R)_>83`h`)4dWi3YseT%Gm2%c^QEm=x8f!^uC2LS{cXbYS6?7DGU2ODiv~YoTjC{g>=YR}?PJv>3EOq;F9&p%gp=_#bU2D*3!)u*yJaGVVfN$n(
%5tM_>~5`bOLVw-LxYuz1&T(67K8YJoP8&DRBoARtY~{_v1vwWjcROfgLhMT%6O4^A$v=HEr6wjp^gNZEt*l4_>C5ZU4c4(nS4cfVRZ#{opr%=t#y%hUU;r}
R&;83UU@%zR)GeH9*X0IJ9#5*FlHQN9%UV7hG+h0o@}^tk9%)>+jHw}q-+dtnQ}gL9eAO8j(xp;S%0H@*>g&3B4z1fh-74E$!XMUXm2HVT!Gkw_IyTl<Z!ZZ
ZgBE-V|U+ofqjL8u!L}b4RuOu|73w;lVW{iFJ_l%SZ&;O)Pb6YMu5k5tZ#g6%XTJvn0&f>wSAg^O@GsR2Xd`xe`Q-`2xn(!#AgC(C2pE^UVeXo0(+5k{ctvN
&~=h`A$c%+xqWDXZiOL%wskRUA!Qw9hiA=aPiSpx-f^*ef`yES+JQuS{dN^~3x6?%0Er-m(}x+0?2USmv5BmGpmiN{`gMAHcz|Yw*o=UcUz#YGhLQ4#T!aOH
KZP-kwU5k^=9t)>3Y^uKk&@Pl4S~yh=6X_oK!jI`-HjiVK$<0%UW(#@lYWAKXn@**YJvZMvVeDnM2-E5i-J6Pv2U<x9cTb&Ph|CDhGlYS-EF*ZiEl7*;C4iO
D10J-S%mL}poYAP5{^5Ib%btv&2sB(S!pC@oMU}sFl9w(QEU})adp~wm3f?bS9>^q<bbw=9ECcCg@~(&R)0xz#A=Oa_GfBl4`Uu<GG-HNMR28YesHpJ;&e%P
Jc8?g+j>oSbbFbCWr`DuAAkgOaB9P4$z}^^_+&(5X=M>=dvM-$FL*V2hkd$$QGR8F{)nB2?1h|(n2j=s6n<@WZg2)~i*Jr?g=oiReP?QHcXN7q$a|lBHhjK&
XN9kerI0w3(V1GE!I`d=2$3F$n11qjZg$FafO0c$T5eQv%XWu)PJH@)PJ!})?1Lwe$(6yAvXV!WQIUm^N|J<+CWi@u5q?{Gs&nye{%bsM?sm(47J#IGaeO3v
`+Ww7h>&NLK#Nv?!+B<R@N<Z9NN~GwICG40+ipl~a%{nHL3r7Hdwnc;&~)l{LU|2@kB}CX;g7e9hlN{y4tN!E(rue=19M1pOL1Io$ZSw<$8*1V$9jx+dvqpr
rgo5m>WrV043mkC<byPL_HXQKeQQZ>D{<y<J8#Qver)V*esNxO%yal|E^AP28go{A)`bF$(uu`|f`HX_t8Z#;$ZTS4dTdy0+-Rw1U1&9HK5yl6*mOs6Mr=oI
*?10rOok7P)QLZXJAIsWes9xk8*7|u=xW4ivS@H;$z`l&m1_!eT6O7jAac}m1&KD1ftl}?ppcl2A&Q5BICv0mMQg`vU2WcP_j5pY{B|CAD|!-rBZ2CIM1w?y
XM@s<C6SwxX_l>*(~nAoL3|E(8g+AYtZ{yDlXHi44t0ul7kfN^H-MIYr+d_Vt8~e9h;sRGO>!r6v~;#|LvglpQ*%Lb7jw6F1bd)+A%2E_6?@5ePIqW_33ljo
8Eu?yba0_^5p{iaCUkXjb#ftd4s?8Wns*y_?RHmpdw9)xvU*Q@Sa|Dll5Ux7zHymwnQk9%lyDqxz-<t2X>U+)+;QJ>+j3QNGIcF?9eL|{)^==lGj|Yp-E>NF
WN}DxrFF}8W^`+D$!{5NEpQ@pz;t7DfpyS#Wq9y*U3LF<>v^ww>v{Zmt#zex_IAW`b8wh&Gjcm|$Zl(Fs%`pjx^W40k9WU#t$LDsAA7!g&wiJI%z+Yu41fuH
&3p8G<AAw??||xk0((GqtaGn*XL;s&<#_pZwsre<`gGKD(s+t~l7Fy*%!03ddU{`a)Ovw?$akZ48h0pmrglYp_I%!XZg{<V&3ylTP<|kQ*Mo(EK7CbuKzyuv
plWYyadV$~F@B1Elz-rTa(BFQGjy(Xmv(!1)OI6u1an?;;%^3RC~li^D01m-I(M^uyMQ=@Z;5=6-;QX8PJM56({Si-?Q#WpUwQC%^>k`-v~opt=XP0j{c+ZD
T6i>jtAQ1Y{EbhGU5I9cEPmK};Ck+Qzj(!V{B>P&J8uGUz;K>z3T~uvgLJcYD0a$vWPyc<4vgK61C6PKqI(*56?mI{Ux9#s{dy{NFK&o!^ldC|+;FFJf^&Cs
D0tz1#e^t{7mg*9<&_AKL4@3TCw7x|40@A!=W{Y{A8d|qophOX=yWG`G<838qH~gceu9XD!GS)0kbFjet%GHMRd|SYh<Q?dt9w>;adYx>+;9AAENfJ2cWPp5
J8eaE8+-SIvWr!Rx_<6@TzG17J#K_=RdgwKp>LaNxoUZ8M`(s-*kq<;9Asr>tc?4Wah=nc;fAMn(`}Dx$7+#n^>HnB7k0ODyl)$B*lx{m>2qjy@^t}qMR}xx
pohYd43V^oRDwZw$8C#ejby51C1{RnRciWcylp6KLui6!G-n2GjdG82v2`SUeuT7)B$3I6!*^wC4P@<Mw_>7XlW1;jVsGzmL~Y+{F=#kvacH<}j&K=u?|7ts
IfRCg^_LuuQGP{pwrpu=re<qrF={Dp_;6=(NOD|n<7ty-w`v`7=yIuXSak|~GKRK|>5^8Apno`Yo^3v94rkkEOliq#@@pJ!NN;Iv|7nY8a&3Kg*M0MSBY>ZS
q=xR2AfB$I$(@mr0gI%CCxO|5;fRZjOO4ZqAc6mZ%7;pcqKGVsQ-w2r$a@EW^o5#|)t>OFCaH9qW01IutcR+H^o#0^8;r|`1cPmZriB5Av51|CVu=ogjey&K
320<!OlaO~mT|^;rG)5)0fIMwb$*$Du7k>kh=Zbh6L@KMfpo`jbZW6?&}5ZmR%GI0Wn<)LM{dD)f`cWB;)e5ohJSg3nuBG6Q-U;qWOx&E@^O%IId5}l-(wA9
ZC>46Ltm(55pC0WI)oR73xxcE<A7>|{)ujm`ieb-e|_nAD0ez_t#R&a7iaWhv}k~59%g@NesCUpt%XI5NsP#e2#COjr-KE8T7x-(<9aW6JbA%(RB&r*;bvNA
i)yZDrf8*YuyrbZtb;p<W`{C`8HLY=$BML#WQ*;DZhj?s*L8n$JaN!(7H_$1{%?bD?{OV;4SAD;AB*UVH<785k%}gUmWjiWmX_O;QjX1pgMmYYntwWVBXF*7
jB5OAQEPN<`*p^Hf{Qba=8y}O)t4=pxt6M!9-XS09gXFJJ%Ad3pm@w}t7ed9tEim8kj`|w=$tiy9&P_(+hPT2c5V)E*l;az4RLsKQ*={xOm(tyT655P?}sgx
eYa1^JkRF4_nbX|`fP_|p<(xAg=<K2*mwkZwswSe>vYv~k#v7^eRSr0a*VW~MYQV0qsKV7{hlX-fNlO_eq;S<mTvxU&v9&WXLBfXa&gjeEpr2NN_Ogii;w@H
Te9=TQOV!5g_?tb?ryqeon`cDYH&1jv~=)ub#m}>>2#BIS#>CMtaQJ6Jcq5CSfFyLU#sJt*O2#tyl{wR#9|U=+-!bw>~r;Uv2l`bC~Y%sQgGXH`FHk%f|C-Q
3#7)gZO4YTubWMT`Ec-K;a$94mtj3;xNEX&%V}e1{$?9!h;Ds$iF}@gmXYV1+N*23l+BIBAE`Z#19;78^ka8p^<`CRVQ$WE5^z;-JZ@HSWOTuH9(e|V3Xepe
S%aE|%!crW{ewn<&Vz=AuY!(w1agdSA8GYqhg$?%5L|6wGG_5^NO(klbcCye;fB13j)?n%Jb%xBO@T*xW^!9>yJos%<z&5MBVhYo<6ik;^k|24^n5{mEr1J!
SBf){jg%LY6p7t`Vt%K5Lv_k-cWH%Yb!IhYL}lS*o@Q!lJZ|uFUw+AjDTKm=3V|hmo_<SyM|%8rDR)G6{&Z7x5^(%!lxAaPp<)|gdSPB>l5R?QPlH~FwTB3V
2!@J-qJ9;6q;_w2iGBKkXMF*4zG@U_DP>q<ZeT25(_eaGre>;ceRqj}N`||KE}SKky^q6_WSNAOV36IB1e3Ik<b}0`*oO6l$A%P(V~ezko{)!{OP#cvW1!%p
ES>n5W0SI#ADh>k5}n_h>6GV=ii%r?qJGbL5q+G4^n%oZhKZw<-I`#Q9+Uo<uZr@G!jP?uDuHu&n{+a9^lBbuhhijU<ZJqJZFFIB5pyzi)pUSyU2+k47=SB>
Ifx^VGnX8Z{emfZ%5r~g?`V`}yk@&+cW5JND{H819c?>s9d^NXrF0i}a(*L(b%>IU2$da^3WN7|l60eRert1QcV%5>zG&ZR3v2Xk>~c$ZhI|x&_kzcTE{FJr
Cy-2&`;M=M_kLA*Nq56?No*}@QEb_6_-;&X9B$8X4s~&LB6QPq3wa!X6o(LuWsmrif0cWWZG#(oj(O~O>vimKaBQ?}t#Isds&Hs=vvsd|_<7}cn|Gsk4t}zT
(UO*%iJMN7AB;1Hz<!x@wP{ad!(=^X<YcX9^KG_qHgWKB@OFfH?0Xh{i-OpR>yE37B8;zz9fB)=K6}4&J8V#C-D{O_%yjE_O?mZtK774?34->5ID?Ue{fR)1
wT|kJuY)ys&TkQDZDgio5@jc4i)Q9(FmU5=6LRBtG==n(H=!(^VwA&;?T*xq)qkjfbAEt!kZKxY0baFSM_rg+PGZk!W^JczzHLEsKze|K^Ntymu8|6k%!)mO
B8Mi2`FtL6^k+(BhG9uuqgba}Wnfxmx@ehdWp0Fakbw-4C!HXilb0Ens*Tcwv5PK*Z+XvbJ7e@-HD3E(n_&=UYG{LK6>6Jm|7ksLDtTFlKakCjJ(B5|g`BXI
dxdI)v3*2yVrW-kPhYKGl3nLs)?$ul*K7-K#c;fK0e>5aT9(kFF{N3d1eODeXsOMfdXbrkKZCG-v3&J>Fnzy%^?(C`_kvP}Gl+4DBay0=dYOHskg&S2J+OhU
w5$}P#+E;gwuXa)IfJQ%pN12LzJ-#7euxu|lad&k9i)V+Ri}ib1*xF3!nE|S!-8;u-iCCJS&mVRBZnJ;oPHvC26W4ENOfv<r*&m@k#uZxs&m<P2zWtx4SrpM
r;Of_N|S$=jF_j97>V73%6~a}C3qlu<9Z2sEOe=Fv}{vt194<^Hg(B!IeGYkrG<TnX@$>+Wr=}?M1v@Qi+W0Rk#e7N*LC%Dl5!|<(``3wOK$CQ*L1aW^m9{s
Y=O6j8IXgL(T9P2{&lo-EO!2Q+jx_By?66<DRUQaf^9->L~&_$0(``MUwsvR<A<M(afpV6N`#<;et^Dw>w3a>M0Q_yPk8EfoN=veQfX;vL2glXG<ooNr*{{8
I*3V#b%APtLWjbJqI>gmZEvA!cV;?eUuOkq#b$eD^<>RuJ7z0sTW$$--+SJIm4QxxsC%Y(*m~G^j&Oi(Id3#-U}a5af@of62xcB<GHG;aw`dn^Lv(d}&3{aS
GL?Fwu(4;ry25w46{|3r-G#z+#cK3qjbf!>Q(h@u>0Mc1f@H~Qux|l&|9xzTm5_&=@u-WoeZ9o9ETe0ZOoGsJhiUa=W?{Hr>RsGiQC-<zJY-dAoNk14+<Os)
i;ohV>8Mt>g~6=2Ii?Ggl!9z?<7gFQ&|oWHHeE1Wwp^=UY-B)b>uof19(oIe<Bh49My2VnjkejbD5X%8fP(XKIcR-i-e2Ke4O~xK6I|q8p<{Y!Pj3Zv!+TqV
{*msSPOHSb(8Jxf3Z!C_6N6)P?`dpgK4QaQ*Iv(E1YbU47H6JpJaVIWsen?6;he6b&#XDQ$HT?PT*Pm<JEt9&kc?G_N`(i6ZG!-Wm4)1g#)?>unvn{W=a<l$
$)Xpnley-`i_SmNugy!n-Kj#FlaDHi?}dGYZi8=wJA`3|fQnd-1(6w(1C~6SmZPbum94|Eu&hR${E2;eT5I27)?LtD-CiPI&0P6i!eUBm)OO8)>4h<gP>;lz
siRq|zOQ_*8K&Bm;)GRoJ!o8Com-n*m|R?3Z(BxOPGF;Gn{*C<(T0_ZLXZ%djiGg_^{>gVz@=l9?t&Y1P-szLZd?OgC0!t0VO%3!3t>HJRCEY`dxn9F?vMkS
kDo`SeyA|0Y@$t-sf4<8@n`X0y<E9mlU-b0qFjbuIbrx{(sZJL!-w{Z1d&OY{GlkRVXb1Vg{5?s*M>ZJQfp^oa$ZVaU|(2Yy<R6^I%Pv{CwfYS`;0e|JeNhB
ld@O1{k`<UWWtxXJgOI-HI(FxRfuYaBZsPp(us?T%#6N~RF`F($D!h-C#z<!II}*!n8gsv?#JW1oUP`eS(mSl!->|2fQj^pMT*6W3XBJkFqQh4^PIz<2cx*D
0g2$4SEe_vE3C<%3Xm3o40ZBs?q@Y-glDN}WoWHvYHEdT!EkPJ7IS=a<8_RDiHMh%>!lH|RIOs643YYPv2>kmhG>&#qi8Q_h-kHFiD~F-<8Nhi1$Do4Q+B<4
wTD8N=%gU6C9U$J?UKTQ`EyWfL}!y`_GiOrH)soJD`^XCPHzx$HFP(1)pnA67>Fm9H=|Fg<gCD=K9K%?lya?VZf0y{{AN^Wk!Wmb>uPard~n`!Ds&EY+jj(h
0EpU_;HEmTfUQHI_K%%_3Uq#Jt7b=KcV-x8Y-adoAZZ|M?Qf=YadokE?swXK1%~vJ6{5<n@~-cv&7FsjUx6leI&Z{mifmwPPi;nTzi`}fE^|9|V|Pt>Qh73c
afgePk)boLlCwvym7sc%ih`DRNN|H~w{56y+HYEMd~&sO{B-nnn|2*{i+FQ=FM4H#o{#mJ`l8gNmYwvIH;FWV(RPh+T5SGkQfAj=5M;b#iDZ9e+GUq!nQ0nu
HF7_EtcXmM&YU)$6`0$Q`-dTYWOS=;SZcIprDU69mSVzUb7WO!re<ws$7hLasByG<Z-tVOew)dlWt?D?d5SE5&UGqp%xYg}kz|%)uwhAJjAO23;ba+Q17}Wa
sB?vTIE06cPL(*DOqnT?)`;zXfOb)E+H1;Z<Yc&GMPrv^@?_3tYiF5fIB8F9xOKyPe1<%bvzKd{NtYRs_lL`VHFw!?_iKV^WoAZY;bd)PEoZ=JhH2<()@^@r
If7w^nT~pwDx#LImbEvtXsc15)Rg&-j*MiB$%-qAqljIH(uW9%B#H)#@`vYx6^TTWMV*nRzOSjc<hl*D)2nBp1(@lP365Kf$ceOwa))q-s)zrE$%grbyoCOQ
9(?_e-lzDv;k`<>$fP)uU4*WC&UTh`8+34UdUBO<AaK`h(Q4ji+GA>CZe~Pod3}eHN~w>u{jwjd@t*XJae#_=8+D3wW_9v)qID*9sdFuI;%{JU4`(K20B5Og
H+<NSEvJsSPP#U)o}W05MS(1O`gX&0%XRa0W_9>;opOJ1r*4jF#bzdDS!ecc_<gF6J)|wRIlP6i-kpDqVS)sEmv;JeB6V<ek#)m$+jP!x;cS&?zh(|+@M%tQ
zktw_C93AP*||ux_M#t;z<>>SnsecDPjoVM<a1YYeQ_Ufo^1eYAZng!8f^u1<$jWm(4!B$55-Kn^{G3SWQ5Rn?Qg1TiDzJD&t|!2D`+2R{bz`1@M)}T%5I}{
QGT$DQlK@ub<Uy2F|81ld4n!@&~2<|BxT%WjAi_0Cupi?eP%>vFlQWTpKO40FL3{MKY@sisF_)x*ql_BDvOYR+;voMp=`8kyJ{C|3~DxOFK*&+uW@&8A8i+H
L~zq}@qdGi>6p-<Ql1@@GlxcejdVnBcx(Y{>1pC=>}m&X`EDF=t8fHx0&kaYEOL)`*?_c+)tP^w`<;B1q=$KY;B@tF&})2Z$!XPTe`+6W8*i*~P;@|ZjB(&_
)p7QB=79r_4x22bM5UUV(u&!AJal|+)@-h9NNlQXjcxO8d~sWJtaW{K+;J*!OL3fcI)Y!1Se#y^Sf*T>&4~qlCv<3TG;DxtB5IImoM-}TTW_s%A$2ly&2YeP
mv7B=BY;+ntCw(~oT9{>vy>Q&)`4nyvvja=WN+ndA#T`j)^W~qI&!ygNN*Bud~q0hIE6HjnwdbL>Yy^6v6Y;Pfqyc0^>Kl32W|;%NNqK5t8w&kZ*Zq><7^mh
9A@rtVt><((wKRi9G!ZYd5zYF%!F%$PlCjNaDVcCnS9%L_H^uT$7-Err(p|Wo@AqL349ZZMwa-Ue4A^MsEUe(z=1M<cz%O^`+ZS;t9x8}YIkgLC~B2sKVLLo
USlzALwJmaMwV-yL!NS%*^KXm`GG`&<$^PU6oJ-%%zear?0CF$Ms4wC+hHnT!ejAlTY4~v1eN!kq?$02mWjWEYk|{%7J==7gMko$ihaL&ly~NGZfr<q9%7?l
U}m*%mwY0KTau!h+M7m{fQv7NgM*lY)`H`L8G??0M1GNb7<dkJ;BO0SBW9sv%w|DvV0<fx29U{_r=O&mijM|{+<hW=o^_#f&2SBF&1+6;;%hW)t7^7pwqs{w
Q)Yo}yLJnLTajg-O`&(1fsa9j%zeFhV|D~|rf({2l4_x9cWXdvA8EB^;9|031c9iAN{D)g8--kg;eft=u6cuV!EMTFBx+@7er6tKL1zbQqHc9^D|0_{esv3a
W_!?qjE0+sxrI7}f`W8?tajONqH3OK)@X@nu4Yzc_+<rY9d3kk&UGnu{&dfFIDLSF-iCUIH-%M#;((NV%XDpRs%Ri*#b?iF6=yMLe`wchKX7Do^mGSx!E``(
vV1s!$$~_IzJH#6n0-ZhPIPB($7wWYdS~)yS!PaUv1VLq5pXJX`F0d`es%tL#ec_yOomK^u7NOs$9~OvRCVZYXKRmX$!P#-cxMP_4QO*}S8x4wdwQpPYI`qy
%!fLRT9BENOO$GnPmLsty@up}H+$H5j(XgC!+e)~t$a~_pn<J}j)RMXH-%e<+lM2MIFnhG)|b<kJd);(T#D?5B!fnORD5B3^LqPvyLl9Rw}8Qe8H2WfUVqDh
GMPl9YN+?2LXp^iTydsnsAFJc3TKpRaBf9#8F2A$o^WJwlyXmVfpsBzD}pnPESICA@Tqd4P>%|JEpR+%ZDWgL7iRHkh-^h|>u%(5XmE{itaGDvi*}THvw~)f
t(7RCe5dN5u8+2UL~zz-(qrgkDrXsLw`|>Q9&h|_WpA}_XL1U5uzF{KJ&0nCFPQe9WubVPsEopXe{!*D)MaUAe`(rm9B*iEq;KAEJ#lYwL34w2nstMEAcQNA
RhTZHPNK}2ev0vYD02O2AZFHOE@vKU7;Tkqfp2+lxNdH5PjhW|?0S2EABqu^TA10Q@~1wdeVJ&C9ehA<2x#hM?`H~ZB5=`i%yaB>Gjl6+dv{KHkbJU$2#4Q}
_nXX~SfD(f4wkKp$9=4E32S9(^=iUy^K;R6J9&P2LwF~6NO|RYvwpaR-i_mxA$F>G%Y6EOZ-Kdiynvv7hI%-6<aHT!RCUdDQFPpL!gE-4WOi3~m3Gr~wRHY;
7<VIk=77A0tBM?oDTVQWxqBygwRNp^_jhM`jd;R$zI7LLj&$*L1$FImF>|MM=6Kh8;eLgLRfm0pYk#zTn0uml2zT~%6Llwb@O6rHl62p740iT(Ds(t<>2S?+
*LN9vr+}Y?D}>^IMtiDxw0V4aAbG}kTzJZNZ*@~~t!<5M=5P0MY;_-XN_3NTv3WUuB!St2=!5)&7lRppA9_A^^>j9NNq5I}qI0Nm*KZtgRCSnmG<mmoiFFos
gL^)IRDVK%+JGc}`+7fl6Ly<$Gi*$18)~CzCu!YiglRo%&uk2CaBnnn)O5ghfp%(oVt!GAaD$|PVSK@O6?Ls|o@)+kKx}$!VrxHZg>24k8*c`0MQ*omYjG5F
3T*6Z9&Ao=B6+ZZeu&bE-h^|0g?epylz9kv%XDON4{~gBVRLPCT6J@DM{x&k@@I`^k!WUZesffM@POxrMTh-=TzfKl1$YH@oO6(KXmi|hPID`Dwsk{uA#eI>
)n=Jx1!#k9Ms|aMbBI@q-iPUcm3vZoBY6#Y*>&}EM01&Q33MNIB6jL?a&P2nnrU}uXlT=IA9zQDm5P>*dyRvJTY!Ch9e5UWYI5;%({mVgOLx9_ba>x&S#dCJ
jB3GXf@&0T?RmO^!-ms{8HS^OLVHhodwETExpLHSJ8&d$Q*jD&)pO@^{&1>o|8CrDS#Ec7hIo2`Xp9(>rI9p>B!XgnoqWA}9(aaz9CiS9_jFTrZFW(2Rd@Dt
&~8z0;%{bh{&)?9*Nxngbd>Iqpp2u3r-XunOn*mw=z1D^$a^PzP<wKCk#mf1PIw%8ICsHwYH>Ag7;T1Z8f&&{|7rnkvu^@&%X9^KjDTB);e~U8bbX<BRCL#L
>vPX^&2uzzb#EPPFlq{Eh-mg_O=;+CO>bLpW^z1rKzP=CQGtSi5PQ>fg>z4HD|0P&y>!!X-fWg>S7$tA1Y*fz?`5%Rzic*dQgV)VN_#+mtbPo9k$G-+?sI8z
R(5cA;B_Z)0Bm+?p=q{grDrB-Zfj9(b#I_>U~!^zh<0dtIDWQ%ReFGRWOF!l;&yR$4|E!H+HlTn9cl<@4QDfFYG`3=Om7}@P<M!X9e?bCj)x|TScnsZn1J<q
*@@JQ^Ng#9l!MlRx`1YXk$#4MbAq0Op@J5IJc2cYWrgL5?2)~gFPCYNN{$SRbA{fCzlUUm`+y99NP>`qABDe%oQPkCkcaz>Vv(7UVvs76xtFt>3zjsA0f8QX
HG`3h^ONM8JD?$(e32TAZhFyhlxpi{uxV*%JY*tdhG&{+7H<!4MRB}uFmfe!qkX-F5|SjE&YO3bu8)s{0eP`(O=qiShi7DGrDG{&fn;-N9B({w|8bFTYjNgt
7<wp(l8mgDnW9dZua9|yh<8M7XlOEJvuA~7BV>GJIb(=v0dCT8p>axbns9Y?@_SQ-!;Wi^T9`SNppUMDa(9Vsp=i}*_GWu#IAfY*$Yh>pb#1nBq;eT^>vN-b
MtygRLXlCJJDSdw!H^S&e|aEpv}n_2JZbG{wq^KahiH^)ws2E*A9#Uy@p`;_Lw|mWzn1Bo)u0WdaG+b6X^_-}!G7d<j(RtE<avU56L~^=RC|AX7=aRfhJgrx
x`aTHT9&Y$#-*gMKd0uL3zI&I@_!0^%6XuBV|iS9^m&|mk9}BtF?_gu=y~;fx`@?;&xT`$42jQ!A%MSq@OX4}NOkUYwsD7TRcqC0I%;ccMQo{RX=?p!9&ed;
DS1G9TzesY?0~R;OMAb1^mT-E<#S+lhI5r~a%(+k2W!h|Q)`H5i)bTi>TgkXlXnDrOnL%++<g{+`F@;x>vc|Zv~-Acly6UK4{4ofx@c=^scU*^erv>QuWy=l
q<H>%O?+K`pnw2>x_jAolXMPp8+FxkO>hBh*J^BOn`u&O_i18jF>BsyA#s0pUwoK*gM6rg2!rT@?|t=p#&msj8g>VDEOQ-h5N&#E2W*vWkZogZXm1;E_Hvnc
Pk=#z*n%R6a*8yO8;$3QE{AJ`dVyPj%z)y3n|!=|Nqkv(XnIV4eSai?O@fDn&WC1-I*uoc@RDtkxsPOw|B9G{p@Ou5CxLu{>VVFDzk8^B|9qT&pMGn6qJU9?
"""
"""The fine archetypes, the coarse ones, then the average week on people's own clocks and in UTC; in base 85.

Each is 168 numbers of 16 bits: -log2 of the hour's share, times 4096.
"""
