package io.tributary.ctl.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The secrets of one fleet, each made when it is first missing and kept from then on; only their
 * owner may read them. A file appears whole or not at all. Each secret has a folder of its own, so
 * that a process can be given the ones it needs and no other.
 */
public final class FleetKeys {

  private static final String AUTHORITY = "authority";
  private static final String NODE_DOOR = "node-door";
  private static final int KEYTOOL_SECONDS = 60;

  /** Nodes trust the authority by its file, which changes on their disks by hand: seldom, then. */
  private static final String VALID_DAYS = "3650";

  /** Where nodes of the same machine reach the node door. */
  private static final String LOOPBACK_NAMES = "dns:localhost,ip:127.0.0.1";

  private final Path folder;
  private final Path keytool;
  private final String nodeDoorNames;
  private final SecureRandom random = new SecureRandom();

  /**
   * Keys in a folder.
   *
   * @param folder made when missing
   * @param keytool of a Java runtime
   * @param nodeDoorHosts names by which nodes reach the node door, beside the loopback's
   */
  public FleetKeys(Path folder, Path keytool, List<String> nodeDoorHosts) {
    this.folder = folder;
    this.keytool = keytool;
    this.nodeDoorNames =
        Stream.concat(
                Stream.of(LOOPBACK_NAMES),
                nodeDoorHosts.stream().map(host -> (isAddress(host) ? "ip:" : "dns:") + host))
            .collect(Collectors.joining(","));
  }

  /** The local issuer's private JWK. */
  public Path issuerKey() {
    return file("issuer", "issuer.jwk");
  }

  /** The JWK set that bearer tokens of the local issuer are verified with. */
  public Path issuerPublicKeys() {
    return file("issuer-public", "issuer-public.jwks");
  }

  /** The private JWK set that media tokens are signed with. */
  public Path mediaKeys() {
    return file("media", "media.jwks");
  }

  /** The JWK set that media tokens are verified with. */
  public Path mediaPublicKeys() {
    return file("media-public", "media-public.jwks");
  }

  /** Properties {@code accessKeyId} and {@code secretAccessKey}. */
  public Path objectStoreCredentials() {
    return file("object-store", "object-store.properties");
  }

  /** PKCS12 with the nodes' authority and the node door's certificate. */
  public Path authorityStore() {
    return file("authority", "authority.p12");
  }

  /** The password of {@link #authorityStore()}. */
  public Path authorityPassword() {
    return file("authority", "authority.password");
  }

  /** The authority's certificate in PEM. */
  public Path authorityCertificate() {
    return file("authority-public", "authority.pem");
  }

  /** The right of a node to join, if it has not joined yet. */
  public Path enrolmentToken(String nodeId) {
    return file("enrolment", nodeId + ".enrolment-token");
  }

  /**
   * Makes what is missing.
   *
   * @throws IOException if a file cannot be written or keytool fails
   */
  public void makeMissing() throws IOException, InterruptedException {
    if (!Files.exists(issuerKey()) || !Files.exists(issuerPublicKeys())) {
      ECKey key = signingKey();
      SecretFile.write(issuerPublicKeys(), new JWKSet(key.toPublicJWK()).toString(true));
      SecretFile.write(issuerKey(), key.toJSONString());
    }
    if (!Files.exists(mediaKeys()) || !Files.exists(mediaPublicKeys())) {
      JWKSet keys = new JWKSet(signingKey());
      SecretFile.write(mediaPublicKeys(), keys.toString(true));
      SecretFile.write(mediaKeys(), keys.toString(false));
    }
    if (!Files.exists(objectStoreCredentials())) {
      SecretFile.write(
          objectStoreCredentials(), "accessKeyId=tributary\nsecretAccessKey=" + secret() + "\n");
    }
    if (!Files.exists(authorityStore()) || !Files.exists(authorityCertificate())) {
      makeAuthority();
    }
  }

  /** Keeps a node's enrolment token for it. */
  public void keepEnrolmentToken(String nodeId, String token) throws IOException {
    SecretFile.write(enrolmentToken(nodeId), token);
  }

  static ECKey signingKey() throws IOException {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyUse(KeyUse.SIGNATURE)
          .keyID(UUID.randomUUID().toString())
          .generate();
    } catch (JOSEException e) {
      throw new IOException("no signing key could be made: " + e.getMessage(), e);
    }
  }

  private String secret() {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Made in a file beside and moved last, so that a kill in between leaves nothing half. */
  private void makeAuthority() throws IOException, InterruptedException {
    if (!Files.exists(authorityPassword())) {
      SecretFile.write(authorityPassword(), secret());
    }
    Path store = file("authority", "authority.p12.next");
    Path request = file("authority", "node-door.csr");
    Path certificate = file("authority", "node-door.pem");
    SecretFile.makeFolderOf(authorityCertificate());
    Files.deleteIfExists(store);
    keytool(
        store,
        List.of(
            "-genkeypair",
            "-alias",
            AUTHORITY,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=Tributary node authority",
            "-validity",
            VALID_DAYS,
            "-ext",
            "bc:critical=ca:true,pathlen:0",
            "-ext",
            "ku:critical=keyCertSign,cRLSign"));
    keytool(
        store,
        List.of(
            "-genkeypair",
            "-alias",
            NODE_DOOR,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=node-door",
            "-validity",
            VALID_DAYS));
    keytool(store, List.of("-certreq", "-alias", NODE_DOOR, "-file", request.toString()));
    keytool(
        store,
        List.of(
            "-gencert",
            "-alias",
            AUTHORITY,
            "-infile",
            request.toString(),
            "-outfile",
            certificate.toString(),
            "-rfc",
            "-validity",
            VALID_DAYS,
            "-ext",
            "san=" + nodeDoorNames,
            "-ext",
            "eku=serverAuth",
            "-ext",
            "ku:critical=digitalSignature"));
    keytool(
        store,
        List.of("-importcert", "-noprompt", "-alias", NODE_DOOR, "-file", certificate.toString()));
    Files.deleteIfExists(authorityCertificate());
    keytool(
        store,
        List.of(
            "-exportcert",
            "-rfc",
            "-alias",
            AUTHORITY,
            "-file",
            authorityCertificate().toString()));
    for (Path made : List.of(store, certificate, authorityCertificate())) {
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
    }
    Files.deleteIfExists(request);
    Files.deleteIfExists(certificate);
    Files.move(store, authorityStore(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void keytool(Path store, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(keytool.toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(arguments);
    command.addAll(
        List.of(
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass:file",
            authorityPassword().toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool " + arguments.getFirst() + " failed: " + said.strip());
    }
  }

  private Path file(String secret, String name) {
    return folder.resolve(secret).resolve(name);
  }

  private static boolean isAddress(String host) {
    return host.matches("[0-9.]+") || host.contains(":");
  }
}
