package main

import (
	"context"
	"net/http"
	"time"

	"github.com/hashicorp/go-cleanhttp"
	"github.com/hashicorp/go-version"
	"github.com/hashicorp/hc-install/product"
	"github.com/hashicorp/hc-install/releases"
)

// terraformVersion is the release that is installed where there is no program:
// one that knows write-only attributes (1.11), identities (1.12) and list
// resources (1.14), so that no test has to stand aside.
const terraformVersion = "1.15.8"

// downloadTimeout bounds a download over a slow line; the archive is some 30 MB.
const downloadTimeout = 5 * time.Minute

// release downloads the pinned release. The zero release takes it from
// https://releases.hashicorp.com and trusts the key that hc-install carries:
// 0.9.4 is the first hc-install whose key has not expired.
type release struct {
	url string // of another server with the same layout
	key string // an armored public key that signs its checksums
}

// download unpacks the release for this machine into dir, after verifying the
// signature of its checksums and its checksum.
func (r release) download(ctx context.Context, dir string) error {
	_, err := (&releases.ExactVersion{
		Product:          product.Terraform,
		Version:          version.Must(version.NewVersion(terraformVersion)),
		InstallDir:       dir,
		Timeout:          downloadTimeout,
		ApiBaseURL:       r.url,
		ArmoredPublicKey: r.key,
		// hc-install's own client repeats requests for half a minute before it
		// admits that there is no network. A person can repeat the command.
		HTTPClient: &http.Client{Transport: cleanhttp.DefaultTransport()},
	}).Install(ctx)
	return err
}
