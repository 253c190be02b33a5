package gitlab

import (
	"context"
	"sync"
	"time"
)

// memo remembers answers, so that who asks for the same asks once: also side by
// side, and also where the first one to ask no longer waits. Errors are not
// kept.
type memo[K comparable, V any] struct {
	life time.Duration // of an answer, from when it was asked for
	now  func() time.Time
	// size is how much of the room a value takes, the same whenever it is asked.
	// What was kept first makes room for what comes. Without size there is room for
	// all.
	size func(V) int
	room int

	mu      sync.Mutex
	drops   int
	kept    map[K]kept[V]
	order   []K // of what is kept and has a size, the first one first
	used    int // of the room
	flights map[K]*flight[V]
}

type kept[V any] struct {
	value V
	until time.Time
}

// flight is a question that is not answered yet. It belongs to nobody who waits
// for it, and ends when nobody does.
type flight[V any] struct {
	done    chan struct{}
	value   V
	err     error
	cancel  context.CancelFunc
	drops   int // when it began
	waiting int
}

// get gives what is kept for a key, or else what ask answers. Where a drop
// comes in between, what was asked for before it is out of date, and whoever
// waits for it asks for itself, as it would without a memo. The context of ask
// has the values of the first caller's.
func (m *memo[K, V]) get(ctx context.Context, key K, ask func(context.Context) (V, error)) (V, error) {
	if err := ctx.Err(); err != nil {
		var none V
		return none, err
	}
	f, value, ok := m.join(ctx, key, ask)
	if ok {
		return value, nil
	}
	var err error
	select {
	case <-f.done:
	case <-ctx.Done():
		err = ctx.Err()
	}
	switch current := m.leave(key, f); {
	case err != nil:
		return value, err
	case !current:
		return ask(ctx)
	}
	return f.value, f.err
}

// peek gives what is kept for a key, and asks nobody.
func (m *memo[K, V]) peek(key K) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.find(key)
}

func (m *memo[K, V]) find(key K) (value V, ok bool) {
	if k := m.kept[key]; m.now().Before(k.until) {
		return k.value, true
	}
	return value, false
}

// put keeps a value that nobody had to ask for.
func (m *memo[K, V]) put(key K, value V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keep(key, value, m.now())
}

// drop forgets everything, and what is being asked for as well.
func (m *memo[K, V]) drop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.drops++
	for _, f := range m.flights {
		f.cancel()
	}
	clear(m.kept)
	clear(m.flights)
	m.order, m.used = nil, 0
}

func (m *memo[K, V]) keep(key K, value V, asked time.Time) {
	if m.kept == nil {
		m.kept = map[K]kept[V]{}
	}
	before, again := m.kept[key]
	m.kept[key] = kept[V]{value, asked.Add(m.life)}
	if m.size == nil {
		return
	}
	if again {
		m.used -= m.size(before.value)
	} else {
		m.order = append(m.order, key)
	}
	m.used += m.size(value)
	for m.used > m.room || !m.now().Before(m.kept[m.order[0]].until) {
		first := m.order[0]
		m.used -= m.size(m.kept[first].value)
		delete(m.kept, first)
		if m.order = m.order[1:]; len(m.order) == 0 {
			return
		}
	}
}

// join gives the value that is kept, or else the flight for it, which it begins
// where there is none.
func (m *memo[K, V]) join(ctx context.Context, key K, ask func(context.Context) (V, error)) (f *flight[V], value V, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if value, ok = m.find(key); ok {
		return nil, value, true
	}
	if f = m.flights[key]; f != nil {
		f.waiting++
		return f, value, false
	}
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	f = &flight[V]{done: make(chan struct{}), cancel: cancel, drops: m.drops, waiting: 1}
	if m.flights == nil {
		m.flights = map[K]*flight[V]{}
	}
	m.flights[key] = f
	asked := m.now()
	go func() {
		defer cancel()
		f.value, f.err = ask(own)
		m.land(key, f, asked)
	}()
	return f, value, false
}

// land ends a flight, and keeps its value if anybody may still have it.
func (m *memo[K, V]) land(key K, f *flight[V], asked time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.flights[key] == f {
		delete(m.flights, key)
		if f.err == nil {
			m.keep(key, f.value, asked)
		}
	}
	close(f.done)
}

// leave ends the wait of one for a flight, and the flight with the last. It
// tells whether there was no drop since the flight began.
func (m *memo[K, V]) leave(key K, f *flight[V]) (current bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f.waiting--
	if f.waiting == 0 && m.flights[key] == f {
		f.cancel()
		delete(m.flights, key)
	}
	return f.drops == m.drops
}
