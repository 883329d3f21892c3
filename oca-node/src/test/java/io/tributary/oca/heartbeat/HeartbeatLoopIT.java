package io.tributary.oca.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.CorruptionReport;
import io.tributary.contracts.node.EnrolmentRequest;
import io.tributary.contracts.node.Heartbeat;
import io.tributary.contracts.node.HeartbeatAnswer;
import io.tributary.contracts.node.HeldPackage;
import io.tributary.contracts.node.Inventory;
import io.tributary.contracts.node.InventoryChanges;
import io.tributary.contracts.node.NodeCapacity;
import io.tributary.contracts.node.NodeCertificate;
import io.tributary.contracts.node.NodeCondition;
import io.tributary.contracts.node.NodeConfig;
import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.contracts.node.Plan;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.contracts.node.RenewalRequest;
import io.tributary.contracts.node.Revocations;
import io.tributary.contracts.node.Routes;
import io.tributary.contracts.node.Sources;
import io.tributary.contracts.node.SourcesRequest;
import io.tributary.oca.fill.ContentPlan;
import io.tributary.oca.heartbeat.ControlPlane.RefusedException;
import io.tributary.oca.routes.HeardRoutes;
import io.tributary.oca.store.Corruption;
import io.tributary.oca.store.Held;
import io.tributary.oca.store.StoreInventory;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What a node says and obeys, with its memory on a real disk and a control plane in memory. */
class HeartbeatLoopIT {
  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

  private final Path directory;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final InstantSource clock = now::get;
  private final FakeControlPlane controlPlane = new FakeControlPlane();
  private FakeNode node = new FakeNode();
  private HeartbeatLoop loop;
  private final Thread reporting = Thread.ofVirtual().unstarted(() -> loop.report());

  HeartbeatLoopIT(@TempDir Path directory) throws IOException {
    this.directory = directory;
    Files.writeString(directory.resolve("token"), "one-time\n");
    this.loop = restarted();
  }

  @AfterEach
  void stop() throws InterruptedException {
    reporting.interrupt();
    reporting.join();
  }

  private HeartbeatLoop restarted() {
    node = new FakeNode();
    HeartbeatLoop fresh =
        new HeartbeatLoop(
            new ControlPlaneConfig(
                List.of(URI.create("https://127.0.0.1:1")),
                directory.resolve("ca.pem"),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(10),
                Duration.ofMillis(20),
                Duration.ofHours(24)),
            "node-1",
            directory.resolve("token"),
            new NodeEndpoint("http", "127.0.0.1", 8085),
            "0.1.0",
            new NodeMemory(directory.resolve("state"), JsonMapper.builder().build()),
            controlPlane,
            node,
            clock,
            new Random(1));
    fresh.recall();
    return fresh;
  }

  private void beatAndSync() throws Exception {
    loop.beatOnce();
    loop.syncOnce();
  }

  @Test
  void aNewNodeEnrolsOnceAndReports() throws Exception {
    assertThat(loop.certificateEnd()).isEmpty();
    assertThat(loop.beatOnce()).isEqualTo(Duration.ofSeconds(1));
    loop.beatOnce();

    assertThat(controlPlane.enrolmentTokens).isEqualTo(List.of("one-time"));
    assertThat(controlPlane.heartbeats).hasSize(2);
    Heartbeat last = controlPlane.heartbeats.getLast();
    assertThat(last.nodeId()).isEqualTo("node-1");
    assertThat(last.sequence()).isEqualTo(2);
    assertThat(last.incarnation()).isEqualTo(START.toEpochMilli());
    assertThat(last.condition()).isEqualTo(NodeCondition.OK);
    assertThat(last.packagesHeld()).isEqualTo(1);
    assertThat(node.servesUntil).isEqualTo(START.plus(Duration.ofDays(30)));
    assertThat(loop.certificateEnd()).contains(START.plus(Duration.ofDays(30)));
    assertThat(Files.getPosixFilePermissions(directory.resolve("state/identity.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void whenTheEnrolmentsAnswerIsLostTheSameKeyAsksAgain() throws Exception {
    controlPlane.isAnswerLost = true;
    assertThatThrownBy(() -> loop.beatOnce()).isInstanceOf(IOException.class);
    loop = restarted();
    controlPlane.isAnswerLost = false;
    loop.beatOnce();

    assertThat(controlPlane.enrolledKeys).hasSize(2);
    assertThat(Set.copyOf(controlPlane.enrolledKeys)).hasSize(1);
    assertThat(directory.resolve("state/pending-key.json")).doesNotExist();
  }

  @Test
  void whatAnAnswerSaysIsNewIsFetchedObeyedAndConfirmed() throws Exception {
    controlPlane.answer = new HeartbeatAnswer(250, 3, 5, 7, true, true, false, null);
    beatAndSync();

    assertThat(node.config).isEqualTo(controlPlane.config());
    assertThat(node.plan).isEqualTo(new ContentPlan(5, List.of(planned("a"), planned("b"))));
    assertThat(node.revoked).isEqualTo(Set.of("play-9"));
    assertThat(node.drains).isTrue();
    assertThat(controlPlane.inventories).hasSize(1);
    assertThat(controlPlane.inventories.getFirst().packages()).hasSize(1);

    loop.beatOnce();
    Heartbeat confirmed = controlPlane.heartbeats.getLast();
    assertThat(confirmed.configVersion()).isEqualTo(3);
    assertThat(confirmed.contentVersion()).isEqualTo(5);
    assertThat(confirmed.revocationVersion()).isEqualTo(7);
    assertThat(confirmed.condition()).isEqualTo(NodeCondition.DRAINING);
  }

  @Test
  void routesAreToldByVersionAndSentInPagesWhenWanted() throws Exception {
    List<Routes.Route> heard =
        IntStream.range(0, Routes.MAX_PREFIXES_A_PAGE + 1)
            .mapToObj(
                i -> new Routes.Route("10." + i / 256 + "." + i % 256 + ".0/24", List.of(), 0L))
            .toList();
    node.routes = new HeardRoutes(9, heard, "a reason");
    controlPlane.answer = new HeartbeatAnswer(250, 0, 0, 0, false, false, true, null);
    beatAndSync();

    assertThat(controlPlane.heartbeats.getLast().routesVersion()).isEqualTo(9);
    assertThat(controlPlane.routes)
        .containsExactly(
            new Routes("node-1", 9, heard.subList(0, Routes.MAX_PREFIXES_A_PAGE), 0, 2, "a reason"),
            new Routes("node-1", 9, List.of(heard.getLast()), 1, 2, "a reason"));
  }

  @Test
  void aPlanThatChangesUnderTheReadingIsReadAgain() throws Exception {
    controlPlane.answer = new HeartbeatAnswer(250, 0, 5, 0, false, false, false, null);
    controlPlane.isPlanChanging = true;
    beatAndSync();
    assertThat(node.plan).isEqualTo(ContentPlan.NONE);

    controlPlane.isPlanChanging = false;
    beatAndSync();
    assertThat(node.plan.contentVersion()).isEqualTo(5);
  }

  @Test
  void aConfigurationThatCannotBeUsedLeavesTheOldOneInForce() throws Exception {
    controlPlane.answer = new HeartbeatAnswer(250, 3, 0, 0, false, false, false, null);
    node.refusesConfig = true;
    beatAndSync();
    loop.beatOnce();

    assertThat(controlPlane.heartbeats.getLast().configVersion()).isZero();
  }

  @Test
  void aRestartedNodeKnowsAllWithTheControlPlaneAwayAndItsIncarnationGrows() throws Exception {
    controlPlane.answer = new HeartbeatAnswer(250, 3, 5, 7, false, false, false, null);
    beatAndSync();
    now.set(START.minusSeconds(3_600)); // The clock went back.

    loop = restarted();

    assertThat(node.config).isEqualTo(controlPlane.config());
    assertThat(node.plan.contentVersion()).isEqualTo(5);
    assertThat(node.revoked).isEqualTo(Set.of("play-9"));
    assertThat(node.servesUntil).isEqualTo(START.plus(Duration.ofDays(30)));
    loop.beatOnce();
    assertThat(controlPlane.heartbeats.getLast().incarnation()).isEqualTo(START.toEpochMilli() + 1);
    assertThat(controlPlane.enrolmentTokens).hasSize(1);
  }

  /** Else it would begin to fill before the first answer. */
  @Test
  void aNodeThatWasToldToDrainDrainsAfterARestartToo() throws Exception {
    controlPlane.answer = new HeartbeatAnswer(250, 0, 0, 0, false, true, false, null);
    loop.beatOnce();
    loop = restarted();
    assertThat(node.drains).isTrue();

    controlPlane.answer = new HeartbeatAnswer(250, 0, 0, 0, false, false, false, null);
    loop.beatOnce();
    assertThat(controlPlane.heartbeats.getLast().condition()).isEqualTo(NodeCondition.DRAINING);
    loop = restarted();
    assertThat(node.drains).isFalse();
  }

  @Test
  void afterALongAbsenceWithdrawalsAreHeardBeforeAnyoneIsServed() throws Exception {
    beatAndSync();
    now.set(START.plus(Duration.ofHours(25)));
    loop = restarted();
    assertThat(node.mayServe).isFalse();

    beatAndSync();

    assertThat(node.mayServe).isTrue();
    assertThat(node.revoked).isEqualTo(Set.of("play-9"));
  }

  /** It may have been purged while this node was away. */
  @Test
  void aStartingNodeServesNobodyBeforeItHeardOfPurges() throws Exception {
    beatAndSync();
    controlPlane.revocations = new Revocations(9, List.of(), List.of("film"));
    loop = restarted();
    assertThat(node.mayServe).isFalse();
    assertThat(node.purged).isEmpty();

    beatAndSync();

    assertThat(node.purged).isEqualTo(Set.of("film"));
    assertThat(node.mayServe).isTrue();
  }

  @Test
  void whereNobodyTellsOfWithdrawalsWhatIsRememberedDoesAfterAWhile() throws Exception {
    beatAndSync();
    loop = restarted();
    loop.serveUnheard();
    assertThat(node.mayServe).isFalse();

    now.set(START.plusSeconds(10));
    loop.serveUnheard();

    assertThat(node.mayServe).isTrue();
  }

  /** A replica that has not read the newest ones yet must not undo a purge. */
  @Test
  void listsAndPlansThatAreOlderThanTheObeyedOnesArePassedOver() throws Exception {
    controlPlane.answer = new HeartbeatAnswer(250, 0, 5, 9, false, false, false, null);
    controlPlane.revocations = new Revocations(9, List.of(), List.of("film"));
    beatAndSync();
    controlPlane.answer = new HeartbeatAnswer(250, 0, 4, 8, false, false, false, null);
    controlPlane.revocations = new Revocations(8, List.of(), List.of());
    beatAndSync();
    loop = restarted();
    beatAndSync();

    assertThat(node.purged).isEqualTo(Set.of("film"));
    assertThat(node.plan.contentVersion()).isEqualTo(5);
  }

  @Test
  void aCertificateIsRenewedWhenItsTimeHasComeAndKeptWhenThatFails() throws Exception {
    loop.beatOnce();
    now.set(START.plus(Duration.ofDays(21)));
    controlPlane.isAnswerLost = true;
    assertThatThrownBy(() -> loop.beatOnce()).isInstanceOf(IOException.class);
    controlPlane.isAnswerLost = false;
    loop.beatOnce();

    assertThat(node.servesUntil).isEqualTo(now.get().plus(Duration.ofDays(30)));
    assertThat(controlPlane.enrolmentTokens).hasSize(1);
  }

  @Test
  void aCorruptionIsReportedUntilItIsHeard() throws Exception {
    loop.beatOnce();
    controlPlane.isAnswerLost = true;
    loop.corruptionFound(corruption("v/1.m4s"));
    reporting.start();
    assertThat(controlPlane.nextAttempt()).isEqualTo("v/1.m4s");
    assertThat(controlPlane.nextAttempt()).isEqualTo("v/1.m4s");
    controlPlane.isAnswerLost = false;

    assertThat(controlPlane.nextHeard())
        .isEqualTo(new CorruptionReport("node-1", "a", "p1", "v/1.m4s", "scrub", START));
    controlPlane.attempts.clear();
    loop.corruptionFound(corruption("v/2.m4s"));
    assertThat(controlPlane.nextAttempt())
        .as("what was heard is not said again")
        .isEqualTo("v/2.m4s");
  }

  @Test
  void aCorruptionFoundBeforeTheNodeIsEnrolledIsReportedAfterThat() throws Exception {
    loop.corruptionFound(corruption("v/1.m4s"));
    reporting.start();
    loop.beatOnce();

    assertThat(controlPlane.nextHeard().path()).isEqualTo("v/1.m4s");
  }

  @Test
  void aReportThatIsRefusedForGoodIsDropped() throws Exception {
    loop.beatOnce();
    controlPlane.refusals.put("v/1.m4s", 400);
    loop.corruptionFound(corruption("v/1.m4s"));
    loop.corruptionFound(corruption("v/2.m4s"));
    reporting.start();
    controlPlane.nextHeard();
    loop.corruptionFound(corruption("v/3.m4s"));
    controlPlane.nextHeard();

    assertThat(controlPlane.attempts).containsExactly("v/1.m4s", "v/2.m4s", "v/3.m4s");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 503})
  void aReportThatIsRefusedForNowHoldsUpNoOtherAndIsTriedAgain(int status) throws Exception {
    loop.beatOnce();
    controlPlane.refusals.put("v/1.m4s", status);
    loop.corruptionFound(corruption("v/1.m4s"));
    loop.corruptionFound(corruption("v/2.m4s"));
    reporting.start();
    assertThat(controlPlane.nextHeard().path()).isEqualTo("v/2.m4s");

    controlPlane.refusals.clear();
    assertThat(controlPlane.nextHeard().path()).isEqualTo("v/1.m4s");
  }

  @Test
  void whileAReportHangsTheNodeObeys() throws Exception {
    loop.beatOnce();
    controlPlane.hanging = new CountDownLatch(1);
    loop.corruptionFound(corruption("v/1.m4s"));
    reporting.start();
    controlPlane.nextAttempt();

    controlPlane.answer = new HeartbeatAnswer(250, 3, 5, 7, true, true, false, null);
    beatAndSync();

    assertThat(node.plan.contentVersion()).isEqualTo(5);
    assertThat(node.revoked).isEqualTo(Set.of("play-9"));
    assertThat(controlPlane.inventories).hasSize(1);
    controlPlane.hanging.countDown();
    assertThat(controlPlane.nextHeard().path()).isEqualTo("v/1.m4s");
  }

  @Test
  void ofAnInventoryThatIsKnownOnlyTheChangesAreSent() throws Exception {
    controlPlane.answer = new HeartbeatAnswer(250, 0, 0, 0, true, false, false, null);
    beatAndSync();
    node.inventory = held("next", "b");
    controlPlane.answer = new HeartbeatAnswer(250, 0, 0, 0, true, false, false, "digest");
    beatAndSync();

    assertThat(controlPlane.inventories).hasSize(1);
    InventoryChanges sent = controlPlane.changes.getFirst();
    assertThat(sent.fromDigest()).isEqualTo("digest");
    assertThat(sent.digest()).isEqualTo("next");
    assertThat(sent.removed()).containsExactly(new HeldPackage("a", "p1", "digest"));
    assertThat(sent.added()).containsExactly(new HeldPackage("b", "p1", "digest"));
  }

  @Test
  void allOfItIsSentWhereAllIsWanted_whereAnotherIsKnown_andWhereChangesAreRefused()
      throws Exception {
    controlPlane.answer =
        new HeartbeatAnswer(250, 0, 0, 0, true, false, false, "of-before-the-start");
    beatAndSync();
    assertThat(controlPlane.inventories).hasSize(1);
    controlPlane.answer = new HeartbeatAnswer(250, 0, 0, 0, true, false, false, null);
    beatAndSync();
    assertThat(controlPlane.inventories).hasSize(2);
    assertThat(controlPlane.changes).isEmpty();

    controlPlane.areChangesRefused = true;
    node.inventory = held("next", "b");
    controlPlane.answer = new HeartbeatAnswer(250, 0, 0, 0, true, false, false, "digest");
    beatAndSync();

    assertThat(controlPlane.changes).hasSize(1);
    assertThat(controlPlane.inventories).hasSize(3);
    assertThat(controlPlane.inventories.getLast().digest()).isEqualTo("next");
  }

  @Test
  void overAThousandReportsNoMoreWait() throws Exception {
    for (int i = 0; i < 1_010; i++) {
      loop.corruptionFound(corruption("v/%04d.m4s".formatted(i)));
    }
    loop.beatOnce();
    reporting.start();

    for (int i = 0; i < 1_000; i++) {
      assertThat(controlPlane.nextHeard().path()).isEqualTo("v/%04d.m4s".formatted(i));
    }
    loop.corruptionFound(corruption("v/last.m4s"));
    assertThat(controlPlane.nextHeard().path()).isEqualTo("v/last.m4s");
  }

  /** Else the nodes that a control plane had no room for would all be back in half a second. */
  @Test
  void aWaitThatIsAskedForIsKept_andAShorterOneThanItsOwnIsNot() {
    Duration kept = loop.waitAfter(new RefusedException(503, "full", Duration.ofSeconds(7)), 1);
    assertThat(kept).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));

    Duration own = loop.waitAfter(new RefusedException(503, "away"), 1);
    assertThat(own).isLessThanOrEqualTo(Duration.ofMillis(20));
  }

  @Test
  void aDiskThatTakesNoMoreIsReported() throws Exception {
    node.trouble = "disk: full";
    loop.beatOnce();

    assertThat(controlPlane.heartbeats.getLast().condition()).isEqualTo(NodeCondition.DEGRADED);
    assertThat(controlPlane.heartbeats.getLast().conditionReason()).isEqualTo("disk: full");
  }

  private static Corruption corruption(String path) {
    return new Corruption(new PackageRef("a", "p1"), path, "scrub", START);
  }

  private static StoreInventory held(String digest, String... titles) {
    return new StoreInventory(
        digest,
        Stream.of(titles)
            .map(title -> new Held(new PackageRef(title, "p1"), "digest", 1, true))
            .toList());
  }

  private static PlannedPackage planned(String title) {
    return new PlannedPackage(title, "p1", "digest", 1);
  }

  /** Remembers what it is told. */
  private static final class FakeNode implements NodeWork {
    private @Nullable NodeConfig config;
    private ContentPlan plan = ContentPlan.NONE;
    private Set<String> revoked = Set.of();
    private Set<String> purged = Set.of();
    private boolean drains;
    private boolean mayServe;
    private boolean refusesConfig;
    private Instant servesUntil = Instant.MAX;
    private @Nullable String trouble;
    private HeardRoutes routes = HeardRoutes.NONE;

    @Override
    public HeardRoutes routes() {
      return routes;
    }

    private StoreInventory inventory = held("digest", "a");

    @Override
    public StoreInventory inventory() {
      return inventory;
    }

    @Override
    public NodeCapacity capacity() {
      return new NodeCapacity(1, 2, 3);
    }

    @Override
    public Figures figures() {
      return new Figures(0, 0, 0, 0);
    }

    @Override
    public Optional<String> trouble() {
      return Optional.ofNullable(trouble);
    }

    @Override
    public void configure(NodeConfig fresh) {
      if (refusesConfig) {
        throw new IllegalArgumentException("no");
      }
      config = fresh;
    }

    @Override
    public void plan(ContentPlan fresh) {
      plan = fresh;
    }

    @Override
    public void revoke(Set<String> playbackIds) {
      revoked = playbackIds;
    }

    @Override
    public void drain(boolean drain) {
      drains = drain;
    }

    @Override
    public void servesUntil(Instant end) {
      servesUntil = end;
    }

    @Override
    public void purge(Set<String> titleIds) {
      purged = titleIds;
    }

    @Override
    public void mayServe(boolean may) {
      mayServe = may;
    }
  }

  /** A control plane in memory that issues real certificates. */
  private final class FakeControlPlane implements ControlPlane {
    private final List<String> enrolmentTokens = new ArrayList<>();
    private final List<String> enrolledKeys = new ArrayList<>();
    private final List<Heartbeat> heartbeats = new ArrayList<>();
    private final List<Inventory> inventories = new ArrayList<>();
    private final List<Routes> routes = new ArrayList<>();
    private final List<InventoryChanges> changes = new ArrayList<>();
    private boolean areChangesRefused;
    private final BlockingQueue<CorruptionReport> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> attempts = new LinkedBlockingQueue<>();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private volatile CountDownLatch hanging = new CountDownLatch(0);
    private HeartbeatAnswer answer = new HeartbeatAnswer(1_000, 0, 0, 0, false, false, false, null);
    private Revocations revocations = new Revocations(7, List.of("play-9"), List.of());
    private volatile boolean isAnswerLost;
    private boolean isPlanChanging;

    @Override
    public NodeCertificate enrol(EnrolmentRequest request) throws IOException {
      enrolmentTokens.add(request.token());
      return issue(request.certificateRequest());
    }

    @Override
    public NodeCertificate renew(RenewalRequest request) throws IOException {
      return issue(request.certificateRequest());
    }

    private NodeCertificate issue(String requestPem) throws IOException {
      try (PEMParser pem = new PEMParser(new StringReader(requestPem))) {
        var request = (PKCS10CertificationRequest) pem.readObject();
        enrolledKeys.add(
            Base64.getEncoder().encodeToString(request.getSubjectPublicKeyInfo().getEncoded()));
        lose();
        KeyPair authority = KeyPairGenerator.getInstance("EC").generateKeyPair();
        Instant end = now.get().plus(Duration.ofDays(30));
        X509CertificateHolder issued =
            new X509v3CertificateBuilder(
                    new X500Name("CN=authority"),
                    BigInteger.ONE,
                    Date.from(now.get()),
                    Date.from(end),
                    request.getSubject(),
                    request.getSubjectPublicKeyInfo())
                .build(
                    new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate()));
        String chain =
            "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(issued.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        return new NodeCertificate(
            "node-1", "site-1", chain, end, now.get().plus(Duration.ofDays(20)));
      } catch (GeneralSecurityException | OperatorCreationException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public HeartbeatAnswer heartbeat(Heartbeat heartbeat) throws IOException {
      lose();
      heartbeats.add(heartbeat);
      return answer;
    }

    @Override
    public NodeConfig config() {
      return new NodeConfig(3, "{\"keys\":[]}", 60, 1_000);
    }

    @Override
    public Plan plan(@Nullable String cursor) {
      return cursor == null
          ? new Plan(5, List.of(planned("a")), "next")
          : new Plan(isPlanChanging ? 6 : 5, List.of(planned("b")), null);
    }

    @Override
    public Revocations revocations() {
      return revocations;
    }

    @Override
    public Sources sources(SourcesRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void inventory(Inventory page) {
      inventories.add(page);
    }

    @Override
    public void routes(Routes page) {
      routes.add(page);
    }

    @Override
    public void inventory(InventoryChanges sent) throws IOException {
      changes.add(sent);
      if (areChangesRefused) {
        throw new RefusedException(409, "refused");
      }
    }

    @Override
    public void corruption(CorruptionReport report) throws IOException, InterruptedException {
      attempts.add(report.path());
      hanging.await();
      lose();
      Integer status = refusals.get(report.path());
      if (status != null) {
        throw new RefusedException(status, "refused");
      }
      heard.add(report);
    }

    private CorruptionReport nextHeard() throws InterruptedException {
      return Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS), "nothing was heard");
    }

    private String nextAttempt() throws InterruptedException {
      return Objects.requireNonNull(attempts.poll(10, TimeUnit.SECONDS), "nothing was said");
    }

    @Override
    public void become(@Nullable Identity identity) {}

    @Override
    public void close() {}

    private void lose() throws IOException {
      if (isAnswerLost) {
        throw new IOException("lost");
      }
    }
  }
}
