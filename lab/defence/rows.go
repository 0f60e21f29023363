package defence

// The switches, each a bit; what they are is in All. Their order here is no
// display order and is written down nowhere: a new one comes last.
const (
	Rotate Set = 1 << iota
	Flush
	KeepOldRecord
	Strict
	HostPrefix
	HTTPOnly
	Secure
	Lax
	RotateSecret
	SecretFallback
	Clear
	FrameworkLogin
	Lazy
	CookieOnly
	FreshCSRF
	SecurePrefix
	HostHTTPPrefix
	SameSiteStrict
	HSTS
	HSTSSubDomains
	BareKey
	BindAddress
	BindDevice
	OriginCheck
	ForgottenPath
	FallbackOrder
	ReadUnprefixed
	UserFirst
	KeepAtLogout
	DomainCookie
)

// An Info is all there is to say of one switch. Groups of switches, digits, help
// and lists are taken from the rows.
type Info struct {
	Set    Set
	Name   string // as written in scenario files, links and commands
	Layer  Layer
	Digit  string // the key that flips it on the page, "" for none
	Choice Choice // at most one of a choice can be on; "" when it excludes no other
	Is     Trait
	Wrong  bool // it weakens the server
	Title  string
	Does   string // one sentence
}

// A Layer is where a switch acts, by the name that the page gives it.
type Layer string

// The layers.
const (
	Session   Layer = "Session"
	Login     Layer = "Login"
	Cookie    Layer = "Cookie"
	Signing   Layer = "Signing"
	Binding   Layer = "Binding"
	Transport Layer = "Transport"
	Mistake   Layer = "Mistakes"
)

// A Choice is a name for switches that exclude each other.
type Choice string

// The choices.
const (
	Prefix   Choice = "prefix"   // what the cookie's name begins with
	SameSite Choice = "samesite" // the attribute
	Upgrade  Choice = "hsts"     // what Strict-Transport-Security is about
)

// A Trait says for what else a switch counts.
type Trait uint8

// The traits.
const (
	Explored Trait = 1 << iota // the explorer plays every combination of these
	Routine                    // nearly every request or answer consults it; what it shapes is seen in the messages
	Telling                    // what becomes of a session hangs on it, so consulting it says most about a step
	Renewing                   // whether login leaves the visitor's key hangs on it
	Browsers                   // browsers are what makes it work
)

// All lists every switch once, in display order.
var All = []Info{
	{
		Set: Rotate, Name: "rotate", Layer: Session, Digit: "1", Is: Explored | Telling | Renewing,
		Title: "Rotate the session key at login",
		Does:  "Login issues a new key, keeps the data and deletes the old record.",
	},
	{
		Set: Flush, Name: "flush", Layer: Session, Digit: "2", Is: Explored | Telling | Renewing,
		Title: "Flush the session at login",
		Does:  "Login issues a new key and drops the data.",
	},
	{
		Set: Clear, Name: "clear", Layer: Session,
		Title: "Clear the data at login",
		Does:  "Login drops the data and keeps the key.",
	},
	{
		Set: Strict, Name: "strict", Layer: Session, Digit: "3", Is: Explored | Telling | Renewing,
		Title: "Refuse keys not in the store",
		Does:  "A key that is not in the store is never taken over.",
	},
	{
		Set: Lazy, Name: "lazy", Layer: Session, Is: Routine,
		Title: "No session before login",
		Does:  "A visitor who has not logged in gets no session.",
	},
	{
		Set: CookieOnly, Name: "cookie-only", Layer: Session, Is: Explored | Routine,
		Title: "Cookie-only keys",
		Does:  "A session key in the URL or in a form is ignored.",
	},
	{
		Set: FrameworkLogin, Name: "framework-login", Layer: Login, Is: Renewing,
		Title: "The framework's own login",
		Does:  "Login calls what the framework offers for it instead of writing the user by hand.",
	},
	{
		Set: FreshCSRF, Name: "fresh-csrf", Layer: Login, Is: Explored,
		Title: "Fresh CSRF secret at login",
		Does:  "Login replaces the secret behind the anti-CSRF tokens.",
	},
	{
		Set: OriginCheck, Name: "origin-check", Layer: Login, Is: Explored | Browsers,
		Title: "Check the origin of logins",
		Does:  "Login refuses a form that another origin sent.",
	},
	{
		Set: SecurePrefix, Name: "secure-prefix", Layer: Cookie, Choice: Prefix, Is: Routine | Browsers,
		Title: "__Secure- cookie name",
		Does:  "The browser accepts this name only over https.",
	},
	{
		Set: HostPrefix, Name: "host-prefix", Layer: Cookie, Digit: "4", Choice: Prefix, Is: Explored | Routine | Browsers,
		Title: "__Host- cookie name",
		Does:  "The browser accepts this name only from the host itself.",
	},
	{
		Set: HostHTTPPrefix, Name: "host-http-prefix", Layer: Cookie, Choice: Prefix, Is: Routine | Browsers,
		Title: "__Host-Http- cookie name",
		Does:  "The browser accepts this name only from the host itself, and from no script.",
	},
	{
		Set: HTTPOnly, Name: "httponly", Layer: Cookie, Digit: "5", Is: Explored | Routine | Browsers,
		Title: "HttpOnly",
		Does:  "Scripts cannot read or replace the cookie.",
	},
	{
		Set: Secure, Name: "secure", Layer: Cookie, Digit: "6", Is: Explored | Routine | Browsers,
		Title: "Secure",
		Does:  "The cookie travels over https only.",
	},
	{
		Set: Lax, Name: "lax", Layer: Cookie, Digit: "7", Choice: SameSite, Is: Explored | Routine | Browsers,
		Title: "SameSite=Lax",
		Does:  "Other sites cannot send the cookie along with a POST form.",
	},
	{
		Set: SameSiteStrict, Name: "samesite-strict", Layer: Cookie, Choice: SameSite, Is: Explored | Routine | Browsers,
		Title: "SameSite=Strict",
		Does:  "Other sites cannot send the cookie along at all.",
	},
	{
		Set: RotateSecret, Name: "rotate-secret", Layer: Signing, Digit: "8", Is: Explored | Telling,
		Title: "Rotate the signing secret",
		Does:  "A deploy replaces the secret that signs cookies. It changes no session key.",
	},
	{
		Set: SecretFallback, Name: "secret-fallback", Layer: Signing, Digit: "9", Is: Telling,
		Title: "Keep the old secret as fallback",
		Does:  "Values signed with the old secret are still accepted.",
	},
	{
		Set: BareKey, Name: "bare-key", Layer: Signing, Is: Routine, Wrong: true,
		Title: "Send the bare key",
		Does:  "The cookie carries the key without a signature.",
	},
	{
		Set: BindAddress, Name: "bind-address", Layer: Binding, Is: Explored | Routine,
		Title: "Bind to address and User-Agent",
		Does:  "A session works only from the address and User-Agent that logged in.",
	},
	{
		Set: BindDevice, Name: "bind-device", Layer: Binding, Is: Explored | Routine,
		Title: "Bind to a device key",
		Does:  "A session works only in the browser whose key was registered at login.",
	},
	{
		Set: HSTS, Name: "hsts", Layer: Transport, Choice: Upgrade, Is: Explored | Routine | Browsers,
		Title: "HSTS for the host",
		Does:  "The browser uses https for this host.",
	},
	{
		Set: HSTSSubDomains, Name: "hsts-subdomains", Layer: Transport, Choice: Upgrade, Is: Routine | Browsers,
		Title: "HSTS with includeSubDomains",
		Does:  "The browser uses https for this host and everything below it.",
	},
	{
		Set: KeepOldRecord, Name: "keep-old-record", Layer: Mistake, Digit: "0", Is: Telling, Wrong: true,
		Title: "Keep the old record",
		Does:  "Rotation leaves the old record alive, with the user in it.",
	},
	{
		Set: ForgottenPath, Name: "forgotten-path", Layer: Mistake, Is: Renewing, Wrong: true,
		Title: "Forget one way in",
		Does:  "Sign-up, single sign-on and step-up do not rotate the key.",
	},
	{
		Set: UserFirst, Name: "user-first", Layer: Mistake, Wrong: true,
		Title: "Write the user before rotating",
		Does:  "Login saves the user into the session that it is about to leave, where there is a record to save.",
	},
	{
		Set: KeepAtLogout, Name: "keep-at-logout", Layer: Mistake, Wrong: true,
		Title: "Keep the record at logout",
		Does:  "Logout clears the cookie and leaves the record alive.",
	},
	{
		Set: FallbackOrder, Name: "fallback-order", Layer: Mistake, Wrong: true,
		Title: "Secrets in the wrong order",
		Does:  "After a deploy the old secret still signs.",
	},
	{
		Set: ReadUnprefixed, Name: "read-unprefixed", Layer: Mistake, Is: Routine, Wrong: true,
		Title: "Read the unprefixed name too",
		Does:  "Without a cookie of the prefixed name the server takes one without the prefix.",
	},
	{
		Set: DomainCookie, Name: "domain-cookie", Layer: Mistake, Is: Routine | Browsers, Wrong: true,
		Title: "Cookie for every sub-domain",
		Does:  "The cookie has a Domain attribute.",
	},
}
