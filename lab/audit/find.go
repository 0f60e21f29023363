package audit

import "slices"

// NotThese is why FindSession has no answer where all of names together do not do.
const NotThese = "Sent once more, the cookies of the logged-in browser do not open the private page."

// FindSession returns the cookies that carry the session: the fewest of names, taken away
// one at a time in their order, with which the private page still knows the victim. Where
// one of several cookies would do, it is the last of them in names: put what is likely no
// session, or logs in by itself, first. ask opens the private page with just these cookies.
//
// why says, as a sentence, what is not as it should be; then there is no answer.
func FindSession(names []string, ask func(names []string) (Who, error)) (session []string, why string, err error) {
	who, err := ask(names)
	if err != nil {
		return nil, "", err
	}
	if who != Victim {
		return nil, NotThese, nil
	}
	if who, err = ask(nil); err != nil {
		return nil, "", err
	}
	if who == Victim {
		return nil, "The private page knows the victim without any cookie: it goes by something else, such as the address.", nil
	}
	session = slices.Clone(names)
	for _, name := range names {
		fewer := slices.DeleteFunc(slices.Clone(session), func(n string) bool { return n == name })
		if len(fewer) == 0 {
			break
		}
		if who, err = ask(fewer); err != nil {
			return nil, "", err
		}
		if who == Victim {
			session = fewer
		}
	}
	return session, "", nil
}
