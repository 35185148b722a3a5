// Command control-plane runs etcd and kube-apiserver in one process, for tests.
//
// It takes free loopback ports, keeps everything in one temporary folder and prints the path of a kubeconfig. The API
// server answers /readyz with "ok" some seconds later. SIGINT, SIGTERM or the end of standard input stop it and remove
// the folder. No controllers run: objects are validated and stored, and nothing acts on them.
package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/spf13/pflag"
	"go.etcd.io/etcd/server/v3/embed"
	utilerrors "k8s.io/apimachinery/pkg/util/errors"
	genericapiserver "k8s.io/apiserver/pkg/server"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
	"k8s.io/kubernetes/cmd/kube-apiserver/app/options"
)

func main() {
	// A parent that is killed leaves nothing behind: it held the other end of standard input, whose end stops this
	// process, and that of the log, where a write would otherwise end it before it has removed its folder.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := context.WithCancel(genericapiserver.SetupSignalContext())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	if err := run(ctx); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "control-plane-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)

	etcd, err := startEtcd(filepath.Join(dir, "etcd"))
	if err != nil {
		return err
	}
	defer etcd.Close()

	// The API server gets an open socket, since a free port that is only known by its number can be taken meanwhile.
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	token := rand.Text()
	completed, err := apiServerOptions(ctx, dir, etcd.Clients[0].Addr(), listener, token)
	if err != nil {
		return err
	}
	kubeconfig, err := writeKubeconfig(dir, listener.Addr(), token)
	if err != nil {
		return err
	}
	fmt.Println(kubeconfig)
	return app.Run(ctx, completed)
}

func startEtcd(dir string) (*embed.Etcd, error) {
	config := embed.NewConfig()
	config.Dir = dir
	config.LogLevel = "error"
	config.UnsafeNoFsync = true // the data is thrown away
	anyPort := []url.URL{{Scheme: "http", Host: "127.0.0.1:0"}}
	config.ListenClientUrls, config.AdvertiseClientUrls = anyPort, anyPort
	config.ListenPeerUrls, config.AdvertisePeerUrls = anyPort, anyPort
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	return embed.StartEtcd(config)
}

func apiServerOptions(
	ctx context.Context, dir string, etcd net.Addr, listener net.Listener, token string,
) (completed options.CompletedOptions, err error) {
	tokenFile := filepath.Join(dir, "tokens.csv")
	if err = os.WriteFile(tokenFile, []byte(token+",admin,admin,system:masters\n"), 0o600); err != nil {
		return
	}
	keyFile := filepath.Join(dir, "service-account.key")
	if err = writeRSAKey(keyFile); err != nil {
		return
	}
	server := options.NewServerRunOptions()
	server.SecureServing.Listener = listener
	flags := pflag.NewFlagSet("kube-apiserver", pflag.ContinueOnError)
	for _, set := range server.Flags().FlagSets {
		flags.AddFlagSet(set)
	}
	err = flags.Parse([]string{
		"--etcd-servers=http://" + etcd.String(),
		"--bind-address=127.0.0.1",
		"--advertise-address=127.0.0.1",
		"--endpoint-reconciler-type=none", // it refuses a loopback address
		"--cert-dir=" + dir,
		"--service-cluster-ip-range=10.0.0.0/16",
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-signing-key-file=" + keyFile,
		"--service-account-key-file=" + keyFile,
		"--token-auth-file=" + tokenFile,
		"--authorization-mode=RBAC",
		"--allow-privileged",
		// Both count on controllers: to make the default service accounts, to release deleted volume claims.
		"--disable-admission-plugins=ServiceAccount,StorageObjectInUseProtection",
	})
	if err != nil {
		return
	}
	if err = server.GenericServerRunOptions.ComponentGlobalsRegistry.Set(); err != nil {
		return
	}
	if completed, err = server.Complete(ctx); err != nil {
		return
	}
	return completed, utilerrors.NewAggregate(completed.Validate())
}

func writeRSAKey(path string) error {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	block := &pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}
	return os.WriteFile(path, pem.EncodeToMemory(block), 0o600)
}

// writeKubeconfig trusts the certificate that was written when the options were completed.
func writeKubeconfig(dir string, server net.Addr, token string) (string, error) {
	config := clientcmdapi.NewConfig()
	config.Clusters["test"] = &clientcmdapi.Cluster{
		Server:               "https://" + server.String(),
		CertificateAuthority: filepath.Join(dir, "apiserver.crt"),
	}
	config.AuthInfos["admin"] = &clientcmdapi.AuthInfo{Token: token}
	config.Contexts["test"] = &clientcmdapi.Context{Cluster: "test", AuthInfo: "admin"}
	config.CurrentContext = "test"
	path := filepath.Join(dir, "kubeconfig")
	return path, clientcmd.WriteToFile(*config, path)
}
