package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"
)

func TestAReleaseIsDownloadedAndUnpacked(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := newReleaseServer(t, nil).download(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if !isProgram(filepath.Join(dir, "terraform"+exe())) {
		t.Error("no program in the folder")
	}
}

func TestAReleaseThatWasTamperedWithIsRefused(t *testing.T) {
	t.Parallel()
	for what, tamper := range map[string]func(files map[string][]byte){
		"archive":   func(files map[string][]byte) { files[archiveName()] = archive(t, "something else") },
		"checksums": func(files map[string][]byte) { files[sumsName()] = sums(archive(t, "something else")) },
	} {
		dir := t.TempDir()
		if err := newReleaseServer(t, tamper).download(t.Context(), dir); err == nil {
			t.Errorf("no error with other %s than were signed", what)
		}
		if isProgram(filepath.Join(dir, "terraform"+exe())) {
			t.Errorf("the program was unpacked with other %s than were signed", what)
		}
	}
}

func sumsName() string { return "terraform_" + terraformVersion + "_SHA256SUMS" }

func archiveName() string {
	return fmt.Sprintf("terraform_%s_%s_%s.zip", terraformVersion, runtime.GOOS, runtime.GOARCH)
}

func archive(t *testing.T, content string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create("terraform" + exe())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func sums(archive []byte) []byte {
	return fmt.Appendf(nil, "%x  %s\n", sha256.Sum256(archive), archiveName())
}

// newReleaseServer serves one release in the layout of releases.hashicorp.com,
// signed with a key of its own. tamper may change the files after they were
// signed.
func newReleaseServer(t *testing.T, tamper func(files map[string][]byte)) release {
	t.Helper()
	entity, err := openpgp.NewEntity("test", "", "test@example.com", nil)
	if err != nil {
		t.Fatal(err)
	}
	var key bytes.Buffer
	w, err := armor.Encode(&key, openpgp.PublicKeyType, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := entity.Serialize(w); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}

	zipped := archive(t, "#!/bin/sh\n")
	var signature bytes.Buffer
	if err := openpgp.DetachSign(&signature, entity, bytes.NewReader(sums(zipped)), nil); err != nil {
		t.Fatal(err)
	}
	root := "/terraform/" + terraformVersion + "/"
	index, err := json.Marshal(map[string]any{
		"name": "terraform", "version": terraformVersion,
		"shasums": sumsName(), "shasums_signature": sumsName() + ".sig",
		"builds": []map[string]string{{
			"name": "terraform", "version": terraformVersion, "os": runtime.GOOS, "arch": runtime.GOARCH,
			"filename": archiveName(), "url": root + archiveName(),
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{
		"index.json": index, archiveName(): zipped, sumsName(): sums(zipped), sumsName() + ".sig": signature.Bytes(),
	}
	if tamper != nil {
		tamper(files)
	}

	types := map[string]string{".json": "application/json", ".zip": "application/zip"}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := filepath.Base(r.URL.Path)
		content, ok := files[name]
		if !ok || r.URL.Path != root+name {
			http.NotFound(w, r)
			return
		}
		if kind := types[filepath.Ext(name)]; kind != "" {
			w.Header().Set("Content-Type", kind)
		}
		_, _ = w.Write(content)
	}))
	t.Cleanup(server.Close)
	return release{url: server.URL, key: key.String()}
}
