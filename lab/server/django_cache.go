package server

import "fixlab/lab/session"

// newDjangoCache returns Django with sessions in the cache alone. Nothing is signed:
// neither the cookie, which is the bare key, nor what the cache holds.
// Source: django/contrib/sessions/backends/cache.py.
func newDjangoCache(e Env) Framework { return djangoKeyed(e) }

// newDjangoCachedDB returns Django with sessions in a table, read from the cache.
// Source: django/contrib/sessions/backends/cached_db.py.
func newDjangoCachedDB(e Env) Framework {
	e.Store = djangoLayers{cacheStore: e.Store, tableStore: djangoRows{e.Store, e.Signer}}
	return djangoKeyed(e)
}

// djangoLayers writes to both layers and reads the cache first. Both lie in one
// store: the table's rows have their key behind tableRow.
type djangoLayers struct{ cacheStore, tableStore session.Store }

const tableRow = "django_session/"

func (d djangoLayers) Load(key string) (session.Record, bool) {
	if rec, ok := d.cacheStore.Load(key); ok {
		return rec, true
	}
	rec, ok := d.tableStore.Load(tableRow + key)
	if !ok {
		return session.Record{}, false
	}
	rec.ID = key
	d.cacheStore.Save(rec)
	return rec, true
}

func (d djangoLayers) Save(rec session.Record) {
	d.tableStore.Save(session.Record{ID: tableRow + rec.ID, Data: rec.Data})
	d.cacheStore.Save(rec)
}

func (d djangoLayers) Delete(key string) {
	d.tableStore.Delete(tableRow + key)
	d.cacheStore.Delete(key)
}
