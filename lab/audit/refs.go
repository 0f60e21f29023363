package audit

// The requirements and weaknesses that findings are about, each with one title: OWASP ASVS
// 5.0.0, the CWE, and the OWASP Web Security Testing Guide.
var (
	RefSecure   = Reference{"ASVS 5.0 3.3.1", "Secure, and a name that says so"}
	RefSameSite = Reference{"ASVS 5.0 3.3.2", "SameSite set by purpose"}
	RefHost     = Reference{"ASVS 5.0 3.3.3", "__Host- unless hosts share the cookie"}
	RefHTTPOnly = Reference{"ASVS 5.0 3.3.4", "HttpOnly where no script needs the cookie"}
	RefSize     = Reference{"ASVS 5.0 3.3.5", "name and value within 4096 bytes"}
	RefOrigins  = Reference{"ASVS 5.0 3.5.1", "requests from other origins are told apart"}
	RefRandom   = Reference{"ASVS 5.0 7.2.3", "session tokens from a good random source, 128 bits at least"}
	RefRenewed  = Reference{"ASVS 5.0 7.2.4", "a new session token at every login, and the old one ended"}
	RefEnded    = Reference{"ASVS 5.0 7.4.1", "an ended session is of no more use"}
	RefChanged  = Reference{"ASVS 5.0 7.4.3", "other sessions can be ended when the password is changed"}
	RefNoStore  = Reference{"ASVS 5.0 14.3.2", "no-store for what is private"}

	RefGuessed         = Reference{"CWE-330", "values that are not random enough"}
	RefEntropy         = Reference{"CWE-331", "insufficient entropy"}
	RefForgery         = Reference{"CWE-352", "cross-site request forgery"}
	RefFixation        = Reference{"CWE-384", "session fixation"}
	RefCached          = Reference{"CWE-525", "browser caches what is private"}
	RefTrusted         = Reference{"CWE-565", "reliance on cookies without checking them"}
	RefQuery           = Reference{"CWE-598", "secrets in a query string"}
	RefExpiry          = Reference{"CWE-613", "insufficient session expiration"}
	RefWithoutSecure   = Reference{"CWE-614", "cookie without Secure"}
	RefWithoutHTTPOnly = Reference{"CWE-1004", "cookie without HttpOnly"}
	RefWithoutSameSite = Reference{"CWE-1275", "cookie without SameSite"}

	RefTestFixation = Reference{"WSTG-SESS-03", "testing for session fixation"}
	RefTestLogout   = Reference{"WSTG-SESS-06", "testing for logout"}
)
