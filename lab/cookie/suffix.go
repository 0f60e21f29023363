package cookie

import "strings"

// isSuffix reports whether name, of more than one label, is a public suffix
// that the lab is likely to meet, out of some ten thousand (publicsuffix.org).
// A top-level domain needs no entry.
func isSuffix(name string) bool { return listed(suffixes, name) }

const suffixes = "" +
	"ac.at ac.il ac.in ac.jp ac.kr ac.nz ac.uk ac.za appspot.com asn.au " +
	"azurestaticapps.net azurewebsites.net bitbucket.io blogspot.com " +
	"cloudfront.net co.at co.id co.il co.in co.jp co.ke co.kr co.nz co.th co.uk " +
	"co.za codeberg.page com.ar com.au com.br com.cn com.co com.eg com.hk com.mx " +
	"com.my com.ng com.pe com.ph com.pk com.pl com.sa com.sg com.tr com.tw com.ua " +
	"com.vn deno.dev edu.au edu.cn edu.hk edu.sg edu.tr edu.tw firebaseapp.com " +
	"fly.dev gc.ca github.io gitlab.io go.jp gob.mx gouv.fr gov.au gov.br gov.cn " +
	"gov.hk gov.in gov.sg gov.tr gov.tw gov.uk govt.nz herokuapp.com id.au ltd.uk " +
	"me.uk mil.br myshopify.com ne.jp net.au net.br net.cn net.in net.nz net.tr " +
	"net.uk netlify.app ngrok.io nhs.uk onrender.com or.at or.jp or.kr " +
	"org.ar org.au org.br org.cn org.hk org.il org.in org.mx org.nz org.pl org.sg " +
	"org.tr org.tw org.uk org.za pages.dev plc.uk police.uk r2.dev " +
	"s3.amazonaws.com sch.id up.railway.app vercel.app web.app workers.dev "

// isWildcard reports whether every label below name is a suffix, but for the
// exceptions.
func isWildcard(name string) bool { return listed(wildcards, name) }

const wildcards = "" +
	"ck er fk kawasaki.jp kobe.jp mm nom.br np pg sch.uk yokohama.jp "

func isException(name string) bool { return listed(exceptions, name) }

const exceptions = "" +
	"city.kawasaki.jp city.kobe.jp city.yokohama.jp www.ck "

// isPublicTLD reports whether Chromium takes a name under this top-level domain
// for a public one and tries https first. Reserved ones, as test and example,
// are not.
func isPublicTLD(tld string) bool { return listed(publicTLDs, tld) }

const publicTLDs = "" +
	"app at au be biz blog br ca ch cloud cn co com cz de dev dk edu es eu fi fr " +
	"gov hk ie il in info io it jp kr me mil museum mx net nl no nz online org " +
	"page pl pt ru se sg shop site store tech tv tw ua uk us xyz za "

// listed reports whether word is in list, which is sorted and has a space behind
// each word. The lists are data: a switch over so many strings takes 20 KB of
// code, a slice of them 16 bytes a word.
func listed(list, word string) bool {
	for list != "" {
		at := strings.LastIndexByte(list[:len(list)/2], ' ') + 1
		next := at + strings.IndexByte(list[at:], ' ') + 1
		switch found := list[at : next-1]; {
		case word == found:
			return true
		case word < found:
			list = list[:at]
		default:
			list = list[next:]
		}
	}
	return false
}
