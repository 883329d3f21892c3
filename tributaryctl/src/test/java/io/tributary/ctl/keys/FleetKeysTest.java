package io.tributary.ctl.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetKeysTest {

  private static final Path KEYTOOL = Path.of(System.getProperty("java.home"), "bin", "keytool");

  @TempDir Path folder;

  @Test
  void everythingIsMadeOnceAndForItsOwnerAlone() throws Exception {
    FleetKeys keys = new FleetKeys(folder.resolve("keys"), KEYTOOL, List.of());
    keys.makeMissing();
    Map<String, byte[]> first = contents(folder.resolve("keys"));

    keys.makeMissing();

    assertThat(contents(folder.resolve("keys"))).containsExactlyInAnyOrderEntriesOf(first);
    for (String file : first.keySet()) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("keys").resolve(file))))
          .as(file)
          .isEqualTo("rw-------");
    }
    assertThat(JWKSet.load(keys.mediaPublicKeys().toFile()).getKeys())
        .allMatch(key -> !key.isPrivate());
  }

  @Test
  void theNodeDoorsCertificateIsTheAuthoritysForEveryNameItIsReachedBy() throws Exception {
    FleetKeys keys =
        new FleetKeys(folder.resolve("keys"), KEYTOOL, List.of("node-door", "192.0.2.7"));
    keys.makeMissing();
    KeyStore store = KeyStore.getInstance("PKCS12");
    char[] password = Files.readString(keys.authorityPassword()).toCharArray();
    try (InputStream in = Files.newInputStream(keys.authorityStore())) {
      store.load(in, password);
    }
    var door = (X509Certificate) store.getCertificate("node-door");
    var authority = (X509Certificate) store.getCertificate("authority");

    door.verify(authority.getPublicKey());
    assertThat(store.getCertificateChain("node-door")).hasSize(2);
    assertThat(authority.getBasicConstraints()).isZero();
    assertThat(door.getSubjectAlternativeNames())
        .extracting(name -> name.get(1))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .containsExactlyInAnyOrder("localhost", "127.0.0.1", "node-door", "192.0.2.7");
  }

  @Test
  void aTokenIsSignedByTheKeyOthersVerifyWith() throws Exception {
    FleetKeys keys = new FleetKeys(folder.resolve("keys"), KEYTOOL, List.of());
    keys.makeMissing();
    Instant now = Instant.parse("2026-11-23T00:00:00Z");
    LocalIssuer issuer = new LocalIssuer(keys.issuerKey(), "local", InstantSource.fixed(now));

    SignedJWT token = SignedJWT.parse(issuer.token("demo", "viewer", Duration.ofHours(1)));

    var key = JWKSet.load(keys.issuerPublicKeys().toFile()).getKeys().getFirst().toECKey();
    assertThat(token.verify(new ECDSAVerifier(key))).isTrue();
    assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("http://tributary.local/local");
    assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("demo");
    assertThat(token.getJWTClaimsSet().getStringListClaim("roles")).isEqualTo(List.of("viewer"));
    assertThat(token.getJWTClaimsSet().getExpirationTime().toInstant())
        .isEqualTo(now.plusSeconds(3600));
  }

  private static Map<String, byte[]> contents(Path folder) throws Exception {
    Map<String, byte[]> contents = new HashMap<>();
    try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        contents.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }
}
