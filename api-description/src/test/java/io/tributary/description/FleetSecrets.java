package io.tributary.description;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A fleet's secrets in files, as its processes are given them, and what must be seen nowhere. */
final class FleetSecrets {
  private static final String ISSUER = "http://issuer.test";

  private final Path folder;
  private final ECKey issuerKey = key("issuer");
  private final ECKey mediaKey = key("media");
  private final String objectStoreKey = random();
  private final String authorityPassword = random();
  private final String enrolmentToken = random();
  private final String playToken = random();

  private FleetSecrets(Path folder) {
    this.folder = folder;
  }

  /** Makes them in a folder. */
  static FleetSecrets in(Path folder) throws IOException, InterruptedException {
    FleetSecrets made = new FleetSecrets(folder);
    made.write("issuer.jwk", made.issuerKey.toJSONString());
    made.write("issuer-public.jwks", new JWKSet(made.issuerKey).toString(true));
    made.write("media.jwks", new JWKSet(made.mediaKey).toString(false));
    made.write("media-public.jwks", new JWKSet(made.mediaKey).toString(true));
    made.write(
        "object-store.properties",
        "accessKeyId=tributary\nsecretAccessKey=" + made.objectStoreKey + "\n");
    made.write("authority.password", made.authorityPassword + "\n");
    made.write("enrolment-token", made.enrolmentToken);
    made.keytool("-genkeypair -alias authority -dname CN=authority -ext bc:c -validity 30");
    made.keytool(
        "-genkeypair -alias node-door -dname CN=door -signer authority -ext san=ip:127.0.0.1 -validity 30");
    made.keytool("-exportcert -rfc -alias authority -file " + folder.resolve("authority.pem"));
    return made;
  }

  /** With what a service starts: nobody is where it looks for others. */
  Map<String, String> variables(SettingsTable table) {
    Map<String, String> variables = new HashMap<>();
    for (Setting setting : table.settings()) {
      if (table.mustBeSet(setting)) {
        variables.put(setting.variable(), SettingsTable.example(setting));
      }
    }
    Map<String, String> here =
        Map.ofEntries(
            Map.entry("SPRING_KAFKA_BOOTSTRAPSERVERS", "127.0.0.1:1"),
            Map.entry("TRIBUTARY_IDENTITY_ISSUERS_0_ISSUER", ISSUER),
            Map.entry(
                "TRIBUTARY_IDENTITY_ISSUERS_0_JWKS", file("issuer-public.jwks").toUri().toString()),
            Map.entry("TRIBUTARY_CASSANDRA_CONTACTPOINTS", "127.0.0.1:1"),
            Map.entry("TRIBUTARY_OBJECTSTORE_ENDPOINT", "http://127.0.0.1:1"),
            Map.entry(
                "TRIBUTARY_OBJECTSTORE_CREDENTIALSFILE",
                file("object-store.properties").toString()),
            Map.entry("GATEWAY_UPSTREAMS_PLAYBACK", "http://127.0.0.1:1"),
            Map.entry("PLAYBACK_STEERINGURLS", "http://127.0.0.1:1"),
            Map.entry("PLAYBACK_SIGNINGKEYSFILE", file("media.jwks").toString()),
            Map.entry("STEERING_FACE_PLAYKEYSFILE", file("media-public.jwks").toString()),
            Map.entry("CONTROLPLANE_AUTHORITY_KEYSTOREFILE", file("authority.p12").toString()),
            Map.entry("CONTROLPLANE_AUTHORITY_PASSWORDFILE", file("authority.password").toString()),
            Map.entry("CONTROLPLANE_MEDIATOKENKEYSFILE", file("media-public.jwks").toString()),
            Map.entry("OCA_CONTROLPLANE_URLS", "https://127.0.0.1:1"),
            Map.entry("OCA_CONTROLPLANE_CAFILE", file("authority.pem").toString()));
    here.forEach(
        (variable, value) -> variables.computeIfPresent(variable, (name, example) -> value));
    if (table.service() == ConfiguredService.OCA_NODE) {
      variables.put("OCA_ENROLMENTTOKENFILE", file("enrolment-token").toString());
    }
    if (table.service() == ConfiguredService.API_GATEWAY) {
      variables.put("SPRING_PROFILES_ACTIVE", "local");
      variables.put("GATEWAY_LOCALISSUERKEYFILE", file("issuer.jwk").toString());
    }
    return variables;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** A bearer token with that role. */
  String bearerToken(String role) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(issuerKey.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("tributary")
                .subject("someone")
                .claim("roles", List.of(role))
                .expirationTime(Date.from(Instant.now().plusSeconds(3_600)))
                .build());
    token.sign(new ECDSASigner(issuerKey));
    return token.serialize();
  }

  String enrolmentToken() {
    return enrolmentToken;
  }

  /** What stands for a play's or a media token in a path. */
  String playToken() {
    return playToken;
  }

  /** What nobody may see. */
  Map<String, String> all() {
    return Map.of(
        "the object store's key", objectStoreKey,
        "the authority's password", authorityPassword,
        "the enrolment token", enrolmentToken,
        "a token in a path", playToken,
        "the issuer's private key", issuerKey.getD().toString(),
        "the media tokens' private key", mediaKey.getD().toString());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(file(name), text);
  }

  private void keytool(String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ", -1)));
    if (arguments.startsWith("-genkeypair")) {
      command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    }
    command.addAll(List.of("-keystore", file("authority.p12").toString()));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", authorityPassword));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
  }

  private static ECKey key(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  private static String random() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
