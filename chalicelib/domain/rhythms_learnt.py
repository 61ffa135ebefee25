"""What was learnt of people's weeks. Written by infra/train_send_times.py; read by rhythms.py."""

COMMON = """
0.13731 0.06764 0.05782 0.05414 0.05188 0.04946 0.04042 0.03911 0.03587 0.03559 0.03541 0.03348 0.03087 0.03059
0.02795 0.02504 0.02396 0.02023 0.01943 0.01901 0.01884 0.01803 0.01751 0.01600 0.01597 0.01407 0.01369 0.01303
0.01268 0.00896 0.00828 0.00771
"""
"""The share of people living each archetype."""

ZONES = """
0.00080 0.00159 0.00080 0.04715 0.09923 0.06105 0.13010 0.09280 0.02145 0.00424 0.00099 0.00921 0.15678 0.16305
0.04290 0.00947 0.00178 0.05271 0.00495 0.03309 0.03272 0.01668 0.00775 0.00527 0.00345
"""
"""The share of people at each offset from UTC, from -11 hours to +13."""

WEEKS = """
)~x8bH^1n`%F1}ahN-`gn0QWTa9^)n6J2OrL|W)s3td}eDRAw4J%;3rr<AjvH>iQMD!#qL|G@dRO`xfUgmGhID_lKV&{|Mha9H72Xj;W#_ibW(Lxn?&W|732
Dy4+9a=dA};kSCR<DNx`C3SgccVAIl?OXm@Mp@KYRa;$R)omDiF@@EOKay6OQJ~+YCain1=C+NnvYn8IZF0$Ey<L%8qFdWq(pWWEm|9w42yI$=l7u&lWs#1V
)~DIAI=D@{m%NU&-JzR`oOSqSG+zK+h+Rir*jx2m6krNzZ+75?Q<8v~m7F`FY_-g}9=^`O&c)BgQM`Vy(WIN3oRa~MosLD1NRXtFNR%>}lbsiz(4cvwbgS2~
iMfHt4A8*QHPMX9%D?-!kE`RI7nQS-d6D~(yphL{&XB8=b(w;j9-We&f}(V+6Ox6axv?(1$GKv(Q?-}12d3YUntd*Bvt>MAe_Qfe|67b)<z4Y$5oK^{*K!ho
Glis(d7Jd6`L6V=x}-Cp@|mrPoOr!!m}4McL0s}$TU+m3>|O?8k7J={s%`>#3xvIoWS<bU`okc<CbM{_C!6$%KzOEVjADUaU|joJuv(v7MPJ2W`(ngrP;Z)f
T8GS$6QClkF0eDLTBv@aZ<!2>XL`SE;bUH2N?ZC_R$4V&-(H<!`DR0G?{l(!T#M9|&!eWY`?<oinW~1Qa+*MkZF}Hu8)uSY6<|zXqF*0jdSfwV&1c_j(|4GH
bfe9oqNet-vc%8X$>Bubp4C&s=dlr^9GPB}x00risgEg=N|r2|+MY6_(Wm^UAEgwqIK7|CUDaXUyyTeTOV*IXw6F=IY??xqWs&WVoRHs=rIdq}R+wa&6q){<
QJt2oE4{kV*VE3vb){;M1Am=yOleAHXl7((Kw=JHFkl;Eb!EwEIBuwOV14C_@{{7G%C{N9UB;fa`kY>fx_Ojt@n&>mTw;k~j$puFvtJ}(xnnqI!fS?cjCpy4
bCOh~O0s{xv&HqaHJ%BJ-g)6{cx8ZMP-3lMv|SWjP+US^{9`3(tZEEyNOkamwvcX~K&%eA;JY8LcbhVa+IYNcQDYil(_a%`v0dz3<6J0SC1ICkd}_>ZaCi2C
O_C9v1FNRK5Xrr>3!F!aMSDPQvt{jKZ(}rL0bwv-tzXVz%w&0J+HA6NV0*@f#i2Q+)2<b~F2w)A-MreeaiedPf{Vq7Zi&%~W{h)=MUlUf0h8O5C73OoJ)?l6
XSwdbamoVN?cHGBcF|C~wWs=;M3c6T5{^-j{E&8#FOUq8fRufh@|!lHwyF8D{-bKAQ>izu$)-n<C4J6qkYc4=f?WJwyI*l$_g%|iv1j*jynPXdQ;8>w*pCUB
{+~^!i>&;r#+qe@!gXY6eqd5tSXzTy&s$1crCZ}(Z)FQ_Gkbf5U5Q|d(~hK;gr35q6sQBJ&zMSsmvM4s8(#leOIR~mBwOWM>s<U_0cPuOIef&1`->Qj)Q`cJ
@}20RIivKSE|!*tHg-a2$X>r%23xmWfL)ATXkNNu_GegejeWL=qK?avd6l7=jh;uOMX0K!sG0MIlXp;T?_;4~iC-XLzhSmv5n_mCt!+wqsfA^ZFqBo9%bX3J
g0^?LX~O2rs>l$$p|C2WbD5Eq@ss?L^pxe6<(H6}=bu}p9;scfNVm(p^u1=e9JJrTL(m-BV%A*9rM7^mc%LDgxtU0ryO`ORGnmwyETPz@I;ef7EUQJY>8*{e
tduvVYq7(!?XH-tOQDR7V|qGltz+$A31eAh{bU4XN@pHyCvt{%(0IOjn|?TkV3wnzSFN_V(!6`JO`Yn7TXt1z?quO&Eo3icvShSm{$!SCRc>{4mw0J=PJuIu
XqM)ufwt1XnZ&BSUZ*0Avv%TW$YJAOp<$9^`D2Y_I%Xqj-fWX`D0ba>b$<Sb!j^ZWWUR)o_P6A=9-$<Nz;x?pyI@yd{9k=yx??nDWoPYbfN%VBDR%&S;eiv2
u$F(Pe7WkrrMVQbPM#u&_;r(M;$pO6r(^<Wjb^)M6KHg53~;Y^$b9L30)rTfnu@HKqNv!pskrs8FRZSf*oWqImTZ-3%4?KtifvJE0&rz;G;&9GxP5tlzJ9-f
aE^1CuBG3!yudWVF1dQ6l#Q5t`*BHaBW#6inQeq`>~YC-|97E$4uRBysDloNXoaPlDzGxQx31Zp*NixSK6OZMTx@1*mTM<#Wolk(?P{BABW!SM@@d6rAZuH6
H-#>lHmhy0yQ*!TbdPI+^LG1h*KE*i3T|I+-EA0dY;Hzyo^qOU+i$9D$Zh|1Ifa*)ex$~y6Q_!xACu96?{iRWMrk-{KWk`gV{CeC*K99tFmHiwLv68ajBYu0
4}+_f>8NY6L$aWyXOl&PUwEBy@NL3uc5UTuN^tRTWpLYXAa7l6QEmTgylr%Kw}A+gb*BxtXtfihHj#aSHg(=@6>BeRT5Q{FQ*2&r!EL#3lW>)95N_mb!fuOo
jD<6p9jt%2P`I<O7o#4MZi44_wQ#F$aBetmcW%pWyKYo(eQ<wpd2e@bOmYo*rG{si<*WC-9L65Kb)~|OcYxM)v~C(~n{2CXlW*j4cyU*65^fxA@@oWar*D6F
T5BYJG?zH81h#ao=cBrsoRF4?41*tkLwzrOKz(_9%6YJL>TslL8D!jE3|*jLJ!<@VF_2WNSH&~JK&#M|nTOhc*n9DL{Ce<w5Pb!F+j^{dXmz=4s$(==@LKj>
|7vu5-jYPA_O~OqsH_*7DU7Ox%Y(RuT!(3d2ZD})H-RgFuX%26XJzbQ=U>ZWtZRXK{Ey9}6s?n}JD2x~cY_ds!hSe_ZG*Lh?Ston>VKVk9d;>h!)3c*Heifn
XKy-xyOfWkg{u{<h@;1pFN>;%3xkw@@_k->?|FuL2Yv2*7J9{W6>o)Ve`iBzkaPckUy~ZDAF|P?E1(CJMucm3tZ>Y2lx@Fk0c$X7b!qZwkZA>Llxi1fglKwf
W^Sr^*N2Uq3$&iL=Bb95JccrO?QTzMGiqXLRcNSXDrB5wK4w;DI%fJ~`C=qy6?#gAzLVddU#U&4Zle>F4TRctRBOCu3};GcO=xjwDQP2Xq;J}E!+0!s$8?Ky
s&VIeu!ilJdaI(X)TJhzd5c(iM{S8`c4VVrW?<4`E@d-m*KGoGaCK~RVQ=znop9ZG-GyV5l%r6qnWf8{ory4Z6lug_&|qX>>tDlP$6ys?P-%^AQf^voYigHk
FmU*IO@fPyXP5P&YoxB1tA%cLl4&7hDqyl*IbDcf+hP=Fk!<I2p>eruIA;@S&UX!clZHo;tCu04)TG^))q@FjrfNZCr(u;~6ky6=OJj0pxNT2$4|-yHxp~)j
SbegG?UksYd#dxd`o`_VIjby_=!Fx4OoI%DH-~tHQG=g`zl&#$<ch(F6N5v1=!LD6wxd6?O~Rkj!Px`PQMnJK)07B|<%VB`V}yc*e1trPQI2PlW{f$6)_rt+
iE4XxiH78vF|8!5U!RGUr-%%F&vcS-#cwun-*EnM<Z|b8z;()W@o%JPbYr?>&}D#cv40bk@}+&KPMkfAp?wW>{BQYgHE*|W8E-9dqjCjx@pp}OoNr=he`4NY
-)Wq7!iOrGd#p9C@S>lPpnmFdeQl&{`)wO<v2IXoZEKuuL~syr5^T0+R%5(l=4P&M<9xA=xuTM>gs13_7k;F2b8G2o%55BSs&Ra8q;Ferk#8Gtes2_OQD!k@
j%u8Cn1>ygFroyghoe!H7KBH6B6Le~Dss+pX>mqvPiu{BJaJZX*KogV@Ml40m~Clz<BD{if~rTZnWzt)E|jp20*L;B!GGI)TX>^&igY1$B6nnXCwDD!BW<l}
=W<+tJ(9wsp|2dUF{$FC*q+sv1CGCiFMcn2ns|kHLwRp_jC9*@lW#q4jB5yN9cDCcHhX1=sFHV>#GR;|JCY2HG>R>SL4Or{>Uc7Ej&>1s>2=9=LUnv_zG=&3
lwk*Fzi~2uK#W9@B96$5DT_>slZO+8y?*m~GI@G^jeymE)_iGqxNs|KN@N6KzhMPuRB!lurHmexfR($H@Qw6^r-QA6DuHi-LV@glj(i4s;&-lhU3MLBD`sV3
H)5M+RBzpSUW#Xy*_ZZ}nvj)>YKA$2Cx3i?aeiKawSuvMGk=AAnsz8|KxYtR{bq@5RCYFiuZq`{-kf@zy_7?br;D42Du;`RQ;Y11u7#a`=y(TrM|Z?>N^H1i
HDsb`zH?rFiipydZKWonQkJ8Pz=Fhi&2q<Wx@zrbTxB$6)MoW)*J+GrRb<j)-D3G>mu&=h4u{*B$eqKMJ&=%#eTCwDk#)mxxNA>nerG6XRB4Q9b!hNrMP>eC
J#i3sU4NE{6q2QvshC5R7mJjCz;#A$erlO$(`E=}K4y<+1Z&=I0CAmf6K<Mrk98q@FooESEtiX)X`E=4kBi!Xk9GlXhif)!A!*WRv1t)(?rphlc5i!cYj8Vq
G<6$z;(joP&yug5N1$by#)^M`baxqWC2SRIC~Jmm&1zz5&1{cxadgvk2z8Qmxp?+|jfWJFR-3}9qO%aJcbMUZD|!xcnr?$_SZ%;<<851SYI10F7<Hp|*LM+j
M{+xNuz-Y&)R}as&8^O#NR6w1Uv(UAMr=-OxoWRyA!wFqn{6s{d379fF>yX|fo&afYkR?lXp-%lFP<@*2$%4XDuxGqhjuk{d~XhHIBVZ*6>yPqXL4+Dpm0@g
cW;4qYk^RV=aeO!{Gg+tq?i?oKz&Jcv2Mm}pKBIsWNLJ6XK{pbT5(!$UTynqN`YREh@qdl#n2Dd{K~bpu%0B00)7&8WN>0_-)sG9zi2RJ#bO0xtYvd*nsDiN
w1cOT)ufiSR=v2tFt~K2U6QDSu6UAhA#Lkv=VnA?#9|3##%3mHn`uOC`*E6hihzHJy_7bo_Qqk+UBY;)u9YK(Bzw(qE^E_f)nndb`C@Tn*krG0SZ+0R{dj47
b%FPhajN&fc)}~ZC%f*g{Fx(%S9pML3v5JdWojU4z-Pl}_-IjUmv4u2Np<gd+l8%?<D#~;B*gE>Lcx8hDU+;&v3Oc>#%=6t*Jy=h-(&k?4P!!P>T7axh<F8l
*@EYeV4n=M*TfCW6vFqlVyD)SgMIgK#A#h-re(Qi<Y;7RKxyu3#B6kK_HxX5p?V03<eEOG?yCH)e6F3W0igSdBY1Ibo@i!g%xAZ06Kwiz#Bb+sFK!QQ!)@Df
$a@Qg^pIGfys0~-5uJdIlX_%rN@iwb17lZXjA9F7abrYgVQO@4=WwBMrgDyT+<sw=^__IAm9j6bk)aEZBzpmE0cH<mon*~qoMSm+%wgMN_GMmcHgOMgAafOV
!Fp1N;+e^)?5@+O2%B7rGkRifOK8Vs+h!AK&}aZ?qG-x%@o+77nR}6Wf_3<G_k1&j%#kmjHmCxswVr2*CU`JyA7?ye-eh`X%wnBnxMo3V{BG-Z|9XOX%6F`I
o_}+UP@ed!`K=475TTTj&wtQzOlu-%JY|k#eq+#LtYoKY`f$m3*L@p)?|bQb4}f5Y^N`t_t*6tn$hp(AETa67<%3gv5PL^_%Y0^gNP7Hw$b9^M$$*G}PksV@
ErUCdmYNQu<*XgJgSa24zLdL$e}0a7qj`*aetGtE0&%2p<#HBu!*ic=)pRU*;DjfW{GuqU3Z^WiT%B!<F@EB8zi|a|d2|YSP<q*S7j&#~t8WQy^K1BQop6kJ
KZk;sBB2VP%bcs2ERubR8-Ut*-FM}8BzZJ^XMQk#W_v(-fq7PTvvLA)SaOGX>4{UFPpEgW!K`SW*pYUJ5r6}H<9cg)nR>B#ymt$Cgm`dy#CIEYqi-y0j%`+W
NQ4}cF`rSXW2aM|hm)U(5`g=8LwE#v9e2%itaQ<I&2tcO8g80xoo<Y9>~pty=7mt1y{U<;G^pjHh?)V5y?y#~+-+rT#Br5%)^w$FqjKtQz-t9;WNx)@*>Q7t
Xnh!rM47po&zHQHF_-F(g@9;s0%_-AUtNS;OkPD{mSf&ym0~Yrq-U~h+HV7NNqvchUX*pDimW21B$`x={Cy>HcxRPhnOsg=uUlGPy<v4>R9|UdbYlZ*ZEzoV
)`xSQQ?6UFDyUPK+K3~5zjj1%Xl?Lm@@2eX4q$g-mt&b_hG%|fc4hcvYHA#I?07?k^N|*q=alq_8hsdc$#J}GHEAnlqhc6h{$lWAvtq1dVrZdj(`tce?`fiM
r+tcrbc_v?K$dfkV}Y%AC2>4#p=icsHDj4zJ73#g$zW<_p=ilyWN2Gy5pAG!g@9#@(UWMCZjj}PK!KNesB>6wQ*Wkh)@W*G9%Y7QVrYqMq;SP>cx}OKUvLC>
tAtFAHkbyU;+N`)b$#G>J9V~kW^UPQX=y}eJ7h>@9%;yJHgfQEm~*0Xv39wA%!~t%6P96^{FqvrQJKP)XPBdxLXs<wL67K=+>^kT(UxSDOqctbdY<l|s-Do4
$E3KfJhxD{2DUP^X0HIMJ*9Y_-IsrpwvalHK#yIHNscFvc8}4KhLnSrTATHs+LDKv%AtX-OQ?&FReQp0dSfbJ=3rT5`Dx~DxNx{~4szRYZgI+U|98cDt9}KD
kC)M!g`NVY<fHA7ZG8@IO=ARJ^j=hBh-MLKBx{~(q-i>ALvN38B6WFw-iMrzm7ij!K(aHz9l8;n$%0pJI%6tcpI#(lK4u(gQfa|w;AP5X6li>H9d`_a5RRpo
YKs+^N2C+0dZR~<s(S5fO=2Wn@>+shmR@*aA!CqYFJbFq!Dr=cwQ$^XNO*mK`;gm~m8B@PRISsPuY+iE(Puzo&S7$5+GBEMDrjkHYikH?C~=H+@_F5XH;ZbI
M5@oHJE%#lP^oa9nvyh(jfhNwD1VxOaDt<Qm4rKj3xBD9{etC)nvp`8prIeBk*I{L(xV8awXFuJhMbd>UW_7y)_>T5y@P;;TZ*fR1A-EMXn_2Mr;K!wm6ZRR
b$V`rxrV}#0HBVf0-jiw1&us|{(8G}5N@eyk7ZF}GhtU@^I_OxtYm3t>uM8my>1$HSbboGrHHYN*pNbxL5RkFU3PDADsEP4pl0-A6JncUaAm+~VQZOe7i`yS
v}X%z^l<oiv4h8sWs>)hxQ^Y3`hop>op<GNA!=%5X=1iwn_}Z*`DHL>;AMqo`)t;5iFIy!(1f~+{ES+UoRRp92Za!QM|A^jpJuRQ7Ge!zX=8b1IA~XF(``*`
p=&d3$8y7Yaf3&WVUjzK^oPHIEPL#9V{R^K&}7?Te_;$`aAoOduWBD{f^Lm%7=D|4On|P10*-r{<f)Ca_^t4!^QA|mY@OniS&$Ktu97~IM3C~2Q<PkmCz0@m
e2$fo+?M#9+@*%JmBYBi<+gvQ*`Q0He4?tL)|{4`#GHAZ(V6y?QIrpr;F5=rBZ3)+-iF(Q^?!4H(0xUJOnz&6r*dL!)@dbZ;bkdg3uIVkf@=$JB5qu6?Q-yW
?s`9g8iqcGsD#{wk%vWw8-a9rqjI`!U21%2ZDu88e`D)qMr#6cly{+drg+nL(s>YoIf594U4}h_Gl2<xo^>T}R%#k&;$^~R`(^TGo@XO!{BE;xHE|Jew{N#{
=X}$A=z1-BS9*ndaDL=~@q6)eO>CBD&1Yk1K4rCIj%7$_;%#GfKY5FIAb5*<CV#z!K8w$c7>y8(;facZ6@1NiBz3ZL7IS29O=}xycxWqYTX9BtUVR#UetXAz
X@wn!t%&7~8<{1bn3+tG4vPMQTYWTo<#;A}KYB}fi+3$}7JZU|mV(lPwS+%~or67&0+mFTm6o`YT8cM@x`=&?g@<Q=I(xNvopdK~v2I{-%6IgB4T6S%M16mK
@`N3cfSUcC-JB(sFO9;3-h7pL0(Zu8!*AtpvvA37Rc&2x40f@2-gjtr7k9CH5_=hkG?tg0R+`<H-IAP$JAf>D5O)N3iFWjIj&3MzNN=-qfORc%SaOqb$Z=P6
gLsRAr;2El_ngI+@rjIok9m4^9&@vE{&aM6yl&oVhH7<hh;{IFB60z4ifk2dEqiu_u#i=kZJ2YB0fl*Z3UX|5mvQB9;%@nFHEo@018L!E$#5TbNq4+-$#Tnd
<#%{~)`g^ui;K&Jae)|lH*tDvl4fdSu3-vbtX`mA4Pdrn7iTYRnsUf<)p6KzOn=CQQIB?*YL;w`V2F`{GI%C%3TbF$#bDiCL|@@#ux#yf*LZS#0)C!+C40?#
sEBuv2Alq%jGud*eV8$gp@2nqRdV)l0&j+Gk#PKVy?Ppcfr7Dym4+OImx0)V@^&qYADE4w52!P(&Zd}{^@!Mi;C%aj^MuHVtcWavym|I<N@o>a1z4z95MEYi
S$UU?@TV8V?#nT^>zjs$_j@*Z^L#IVQ-4Z=rG!R)Id6SpKU-~B!&i-28(>3g|8ok5d7x0c0J{^c`J3yCv4T#6UxjytO@&~E>3>XjfN(cx#$LWyX;xKNP+SCN
#CX7idyjmZnxdzoIh|UPZHBUbe|#%`-F_{64|n@<du=0U$X$q5Y*qJJFk=5~D2CyaRG=NNShqi;tB%is(t1vKP<c^($9_|NvwU}X|8xR#C~jzHvt{6EsBjy4
g?)^SFQ3h<+N>_9$DMbMY=d%rq<Y7C_k8n!+JYp1Tzfrw(0GA%l5&`D+Hfy*pn*M;WT?uyBfNgInWy%VpMp_)=65!Ey?$4MqJP7DZGB{Y8+ciAk#K2ofpZji
_i=}E-gGs3!GB4DCxKXixqdT#w14`2dw8UC%y49H)oj>lCTpW^uXAsAcy+LHICH*oICAT8>vS!A#)F-Re2IUAZ+$^`^>Gz&ly4nwm~B;Vf^S-IMRB`x*mc-+
Qh1ShLVn|h!;e&tV2Un_%!>+!(tg%?j&{Ry*>uTxqj&0aTymdrhjVFo@Os>Nn{L%^nsH@zJ%3|{XN8o70*9xA^L=M{Ky!s~QE)PFTy0WnzG{tcRCYIaS96PS
CT;0(ZFF~eoPBkGe}aL7Xo9qScy*6(^KE`>L~4*~SZKCo#bzdI+iXT|a&4<?@NU~`%WUm&^mN>LWrG`vBZpUn>4tfUm4^p`nRpv<FKvZuMrqz=g=ea4Sah;=
fOk=RuYeAPY=_E<7?a1G@t*dX*pN$zA%j_eoP3aZ6Lt%AoOXP7I(Kh&Ky|%z`<O4DZ=i3Te3RjX+jZz^rD8*1K45TSYG#RO+-T=%xNN*{SaPIu=5_UYe}ngq
*`1QCysbc+9*L-X$Z_y#uwtEFb6@sjUuYR>hiV{e`E2%an|P9XsCz_#YKnl87Lf^>s-!HXo|#LDGj}^`1!PfTd1BFHV`U>|*k%Z62X0|?i+rDfa)qLYtcZe(
tfvI2qnfji4U9U6IeSWO@MbJ#aA>G$QffGBCT;C-Lw3u0IDKh-8-6l^d5SKWah}7WyPcDhU5E&NLv_?{oNL%<I%nx<*=x6L*l$5`=y9xb5_x5Tvxu^dP?p%7
$&q@W1FUGLyq-vqhkgBT_h<iOU1a%Y25NzBx^kFvR&-K#ka@Lv_<1{hF@(vAN1N21{iV8}f0e9}1%oqlZESXH>1;@GE_v2}27$eS+kzy5SAXq%U4Oxc%aZw-
S!*?IaB)g>?RI^7ynNVu6m~yz1awn##c`f-yKxF~@^y)N<9YsdFLLZ}XKxg3CUk{<Cx#V=FN>g%GKfBXd3fM+k#6yBt9HbEWPE^rZhldE(0Da@zjhRJ`ELtv
J$iwBetxZjD1+vFM0oXiIeoo+Qh8EzrEqg`eszX-V|W;SHGfomZ+q@}Zg#15hjI&du6|{LD}n!h9C|Z%b#|O}$aNieSa|ApKy?Fj9&~ng;CM=U@OoHwrE%eK
_<^5?ZHc^xmWk?)gpU4&qJ4UIC3QY{F?^SLk$01I)peSCl!b1F!GLps+<?1(t#YM%)q%u?uY(_dJbc7@4SCCTM{<jBVR4&r0&)&>#&cM5sc+$J>}}U?>TMfr
p=)z*jC62(G=PYGly_ipYHZMG5oZ!;5^a-jE^Gm7i*43#-*91WBWdtv?Pcd?iI2mUTAhrdoSX!Y=z#=wGi}sog=A!9wP?;~Hf0=UQEJm~K6B4=FLpS4+kvf!
h>dQQ#F&4Yxt8OMhk-(OI&bS}SY{??*JovBY-Lhs=xDWT4{|Sg34ZN;gnsLT$A<rrZJf!QIg+4^zlRNdzi&%s-D41Da%k*lKxflus%ThiH*Z{Y0eHrDA$eJT
W{4k=A)1$<%AlZ=WP((7ux@*3lVt~I5NR7|7iVy2plfq+dwBkQdVV;6CxNAd2aETaAfT?COOthkpLr&8t8C|I!ew4%wq>ScF=E1G5^2tDAanS0VsXoGoOFME
HjnL^t*08WVyyz829BA3k9I|Jp>xi5{&z}v*m*;JIDce*dwb<}uXc8Pjf0Db2Z`8`dzo*coueS0KaqWeKYQMFoN{q+MQ~Vh1$EnY#dl?Tm3u0BetLs^z<vjU
3~dB%F>$?ktc4<zgO}uyB8d@zad(PyI(1=oYIF~DId=zn9(U+<kac}>fNrL2k!b#9A8Q(Rgn;;j;)OhfHGCg)`)`+VRdUR5_HRsaBXxv#Ms`<pD{^~q_HWT`
RcYsFC~cs1oq#!rpo<8K-hZriC~;73qHgzYv~H<y^>J5qwRVGe4||ArHgLIX@o%7QNO8z{go4P0;D-H&E`^?d<9dO1pmHv7LU7P>s&vM5jdrJd+k(l1qkL<1
aA+H6Y-;y%rhXQQfQ<@>{C=Bt{csy{AaeF@Ic@E1CT-zvzH$wB>3N@c5OjQPB5*Zu%5#8vsD%cR{FE7yNrpUnDsd`pw{7Wet8PtiLURatRD4E#EPtMW!hPj+
e{&pmvUxdv-i4u%9+p6m@`u}i?Ri*s({+q>A9USw*>q!ff_eXV7kTe`Zh7u>YjX2+$aAH0ignO+wRGNa+ihrWRBlmii*3wshIG+)sef69=Ys=%Vs~kA%xtP{
%xuPMk7}B2!*cC)^>p8F>1_6E=4~i)#&hX%+;eGnhkG4<wtzT*Gk552pKMlaL1_SRwQ#9!18)3l!)PjHVq?H#Yi8tWKy06GB66^H!+dgoeR|Jxh;N8&lV=ZQ
3vH@!)pM3~>vJ-6@^y@H>1q*bt8HR%qj0rwFLJ|lcy@+)(|itl^mG4hfND=_>vG#~>2Bh17<8U<lW_fPD{N+Le{Ga;sdo5zGJWEIM1xI<DUYa+wurBTvVgUD
27)1l0E(D}S%Yqg&yBQ+orEQVY=s+(G>hzo#DTDYP=A(zxsB<Z7nxR(XO2jRNql#NrG-L*jDN9!u!I4HONXJ3aggGQF^X}K{gd>K{fqvP_LvT!SCmbGwRW9#
pM24Jw09VF+I6>haDS17iF?OwVrC0veq_pDkz3STnqcB*eQxV>ZFN|77<;vSDt}vlQGWG(Gk)QJpMWrW^KV~e-CZhOT45<;{$FojAY*-LGIPm%)Owb70(lR9
HI90dS(Sd21&#QFzk-H>{dh2MmuUQDNN5gf_-J5im~g{*Fnm9LyM;`Q{E8%s{f75~zkY*x;C1PBKXmwTNp47L9cE)>hGl_fhGl_e1Ziz?bb8o+KZTcy|A_5}
Er&dTN_v5H*>Qq$*Ln|s2X)zK&0+OmNn*rd?_n=wK4~j&$#b82_<(JPVvHt>^O#?kij>%rLzl6U#fr3$^p+KiE`E!7;ChjMRD$7#t&l36VxKOVhm=~9gOtIT
*O@Gugp{9_Rh&tk-Jjr{C6;=Snu<DvSblwdtc2W;jFc3WO_`LJ|BN?;AA@F$!Dw`65NG9UOLND3*oYg8{ezu-@_HkD|A66wMSD?n(Q;IDiF2B7ZfxCZ+-du0
&16SoRAcmKSZ`H%?}I6fNsVQO|AI4vYl6#w4}Z>lWq0s#OL0PVA$Htuyk?|hrdu6aU|n`&zHAJ7dWmh22aW)Um4YpT+J^jzHH6`O*LNXyI(O1{e0KM5oM`)D
#bqdD3S^;ZlX8H6WsNeJ5uCi1Cy*eEv4ZP;7k?0a7<ZL+<ar@@WOA}?S!oGp8f<WB=xP0L>Ubi6d4+U}L5UlMgM;mZx`(!jA%q!z(|VwHId%MUnQ+!`HE^wN
OmQu7i*ZwPk9fI*qK(~<I+hicJc@CIaE7*vi;Q=PHHdkGlz<?Ej)3fTnsEVf9B6-NpJsz+PH$>{;E9=y^O10uBb^qWshP8x$(<FNg^eqNR(~CS6?xlm;b<CW
DT^GNQLehP@}5<QKXuY*31vlS?`<@4HgryP6?La{l6G8oVRqki&T~C=2zqmXAe-Z?lDfCJ450aj`f=oB24eGOjBUPff^cndnRQfoUU>R-vUF{7?QY9%W_C1&
nvXl4_N%_L;ip84&T!#j0$&7U<!3@|rg8^$0Crk+B6F5-y>5VR({KfN(|~k`yOmm{`?r6$zoWW|YI3+`NMrP6Eo;wkbaXOv4{<+mfo>*l25xU_32F&$2zg?N
KAFX-0=kvJ<E)R8nR-oXKVy4hFJz`>U1>aPDQsA4^lH*<rEUdpTyfKOOMu3U)s``!v!es3Po=4p=74B&^=dk5Uv2Gi*LB-;G;vIEeR4T-<aHo<1AHWZA%h2t
X`RiV!=8wz7^n!DYlpRW&2A%Wv})9ChjOcPk#g2^ta4p(oN`ljR(BA4B!ZZZF_kZpb&@%Zc7L>W)N+1w3U{q^;d7aKZi2XjM1DwmN_J*(X>NON*mU}St%=Z*
s)t{YLz!QbfPxcrs%^7xpLN}L?RrasID+DNE_Ok7!Epy}ZE-Pnuy&Vs4ScnMh?eh{Bbj=XPkx$jMQl!PMRF!|8h4?78Gk=^w{l{0R&pV840Sho=YtWAwu|wO
IG%T#vys4t`gdY);BP>7rgq$NSat4w9fEOt?{g<`&TZ;#RdEA(QG>sWI*@#o*nq5ueTk!ni+V9}S#2$BBWzx4Rc%#w0E9P#Sb6esi)~tN0CG=sj&?+OW_fga
D5}DuS(OKmYleGwTWNw{CtGM-!C)|BS!AbWwPzA&t7KJW-)l~CmUU2kN{b_&Cy;iEZ-JkDuy#0YcV$;%?O_~aDra16sc%Ma`);yqr)$b^xO(b=^@w?v(w%sf
jhhdibfpHMafdf`B5kK?+G?<Gcy&*AdUK|1`D*HHHE#EAl5m)E=5kbZe198|OMbD76rGfpQiEl6l5L}CZ)S>U#BA_wnrqH!yJ#L~OJvbvlw_xAaBV_xIdc$q
U5s~&o`!IEFKp&y8DrdKS7%9Q)M-|3q;G(2FKYp5`el@4+GH4LF>l#;B!Se4IEKrVr<rhxfqI;AjBEvHvt)K<6ln@?adaDYo^%OsGiU&19BH9%+Hdl2taKxM
35XMnPm*Ph`+&o9oNKsdb!FdY(`e*oeq@Vh*lqJ}>u7vr<7nu1lZNJrq=;sTCy_9qW3i&HxS4{CFpP$fsgIM8my_X?Aev*CFONr!HIcH5=7ac!frqYv2Z6MQ
2CkyDe86<Y|FQF%50VCxRh9Oc5S%QPAdjt##)yK3V}^%^%7%c3BZ^IoD3h3>h@JnQ8j@dy7kCeB-er(wJZ3Cq1ZFa9Vs@K*8-56czKxKZ+@^(~&XMwnhK!h#
M1;tR*N&flrffW7OI@~H{9UhI8ep?#S#0KQk#T!=5_u?p5Q;*OHjWXC0*u{<XPXd-k9w?b+hspv|6osA1yu@Gg<Gy*31w<&EO1786NJc+p`e7PsHRY;FRkIK
36>{_q<U0q@?RiZyjoUVx?h)M`eo5%`DU1DW@!d)ntBb19FlvJYn3#d8KrHb@{GEQtAkH>>S@ejl3p2I&s%3)CtpxwVQIi^aB<0atARL(SC!hPo~*H@QkP|o
5URJIVU@&<lZ9r0lYa+(=6l+FJbxp9-+*s~<ApDWI*pT%l9cJ9YO}?$9Iz{|%CX|4otNv4T8B!7i-xm`zl-mP9fq5P<%chh&z6y)BCY(fNU1QQ4X8S{^|{Tp
HG`3h^ONM8JD?$(e32TAZhFyhlxpi{uxV*%JY*tdhG&{+7H<!4MRB}uFmfe!qkX-F5|SjE&YO3bu8)s{0eP`(O=qiShi7DGrDG{&fn;-N9B({w|8bFTYjNgt
7<wp(l8mgDnW9dZua9|yh<8M7XlOEJvuA~7BV>GJIb(=v0dCT8p>axbns9Y?@_SQ-!;Wi^T9`SNppUMDa(9Vsp=i}*_GWu#IAfY*$Yh>pb#1nBq;eT^>vN-b
MtygRLXlCJJDSdw!H^S&e|aEpv}n_2JZbG{wq^KahiH^)ws2E*A9#Uy@p`;_Lw|mWzn1Bo)u0WdaG+b6X^_-}!G7d<j(RtE<avU56L~^=RC|AX7=aRfhJgrx
x`aTHT9&Y$#-*gMKd0uL3zI&I@_!0^%6XuBV|iS9^m&|mk9}BtF?_gu=y~;fx`@?;&xT`$42jQ!A%MSq@OX4}NOkUYwsD7TRcqC0I%;ccMQo{RX=?p!9&ed;
DS1G9TzesY?0~R;OMAb1^mT-E<#S+lhI5r~a%(+k2W!h|Q)`H5i)bTi>TgkXlXnDrOnL%++<g{+`F@;x>vc|Zv~-Acly6UK4{4ofx@c=^scU*^erv>QuWy=l
q<H>%O?+K`pnw2>x_jAolXMPp8+FxkO>hBh*J^BOn`u&O_i18jF>BsyA#s0pUwoK*gM6rg2!rT@?|t=p#&msj8g>VDEOQ-h5N&#E2W*vWkZogZXm1;E_Hvnc
Pk=#z*n%R6a*8yO8;$3QE{AJ`dVyPj%z)y3n|!=|Nqkv(XnIV4eSai?O@fDn&WC1-I*uoc@RDtkxsPOw|B9G{p@Ou5CxLu{>VVFDzk8^B|9qT&pMGn6qJU9?
"""
"""The archetypes, then the average week on people's own clocks and in UTC: 168 numbers each, 16 bits, in base 85.

A number is -log2 of the hour's share, times 4096.
"""
