package cookie

import "slices"

// Chromium's limits (net/cookies/cookie_monster.h). They count per registrable
// domain, and so a sibling can push a __Host- cookie out.
const (
	siteMost  = 180 // above this many cookies of a site some are evicted,
	siteLeave = 150 // down to this many

	partitionBytes = 10240 // names and values of one site in one partition

	draftMost = 50 // 6265bis-22 6.1: per domain
)

// evict makes room after e was stored (6265bis-22 5.7, last part, and 6.1).
func (j *Jar) evict(e *Entry) {
	switch {
	case j.off(ruleEvict):
	case j.has(ownJars): // there is room, see geckoRoom
	case !j.has(partitions):
		j.evictDraft(e)
	case e.Partition != "":
		j.evictPartition(e)
	case len(j.entries) > siteMost:
		j.evictSite(e)
	}
}

// evictSite is Chromium's: six rounds over the site's cookies, by priority and
// by Secure, each of which spares the most recently used of its priority up to
// a quota, until enough are gone.
func (j *Jar) evictSite(e *Entry) {
	key := site(e.Domain)
	var all []*Entry
	for i := range j.entries {
		o := j.entries[i]
		if o.Partition == "" && (site(o.Domain) == key && !j.off(ruleEvictSite) || o.Domain == e.Domain) {
			all = append(all, o)
		}
	}
	if len(all) <= siteMost {
		return
	}
	j.report.Looked |= SecureAttribute
	j.byUse(all)
	goal := len(all) - siteLeave
	gone := make(map[uint64]bool, goal)
	for _, round := range [...]struct {
		priority Priority
		quota    int
		spare    bool // Secure cookies
	}{
		{Low, 30, true}, {Low, 30, false}, {Medium, 50, true},
		{High, 70, true}, {Medium, 50, false}, {High, 70, false},
	} {
		of := func(o *Entry) bool {
			return !gone[o.seq] && (o.Priority == round.priority || j.off(ruleEvictPriority) && round.priority == Medium)
		}
		spare := round.spare && !j.off(ruleEvictSecureLast)
		total, secure := 0, 0
		for _, o := range all {
			if of(o) {
				total++
				if o.Secure {
					secure++
				}
			}
		}
		if total <= round.quota {
			continue
		}
		budget := total - round.quota
		if spare {
			budget = total - max(secure, round.quota)
		}
		for _, o := range all {
			if budget == 0 || len(gone) == goal {
				break
			}
			if of(o) && !(spare && o.Secure) {
				gone[o.seq] = true
				budget--
			}
		}
	}
	j.drop(gone)
}

// evictPartition keeps one site in one partition below its count and size.
func (j *Jar) evictPartition(e *Entry) {
	key := site(e.Domain)
	var all []*Entry
	bytes := 0
	for i := range j.entries {
		o := j.entries[i]
		if samePartition(o, e) && site(o.Domain) == key {
			all = append(all, o)
			bytes += len(o.Name) + len(o.Value)
		}
	}
	slices.SortStableFunc(all, leastRecent)
	gone := map[uint64]bool{}
	for _, o := range all {
		if bytes <= partitionBytes && len(all)-len(gone) <= siteMost {
			break
		}
		gone[o.seq] = true
		bytes -= len(o.Name) + len(o.Value)
	}
	j.drop(gone)
}

// evictDraft drops one cookie at a time of a domain that has too many: those
// that are not Secure first, then the least recently used.
func (j *Jar) evictDraft(e *Entry) {
	for {
		var all []*Entry
		for i := range j.entries {
			if o := j.entries[i]; o.Domain == e.Domain {
				all = append(all, o)
			}
		}
		if len(all) <= draftMost {
			return
		}
		j.report.Looked |= SecureAttribute
		slices.SortStableFunc(all, func(a, b *Entry) int {
			if a.Secure != b.Secure {
				if b.Secure {
					return -1
				}
				return 1
			}
			return leastRecent(a, b)
		})
		j.drop(map[uint64]bool{all[0].seq: true})
	}
}

// byUse sorts cookies, the longest unused first.
func (j *Jar) byUse(all []*Entry) {
	if !j.off(ruleEvictLeastRecent) {
		slices.SortStableFunc(all, leastRecent)
	}
}

func leastRecent(a, b *Entry) int {
	if c := a.Accessed.Compare(b.Accessed); c != 0 {
		return c
	}
	return created(a, b)
}

func (j *Jar) drop(gone map[uint64]bool) {
	if len(gone) > 0 {
		j.report.Evicted += len(gone)
		j.entries = slices.DeleteFunc(j.entries, func(e *Entry) bool { return gone[e.seq] })
	}
}
