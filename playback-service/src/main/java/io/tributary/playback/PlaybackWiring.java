package io.tributary.playback;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.bearer.AccessRule;
import io.tributary.bearer.BearerVerifier;
import io.tributary.bearer.http.BearerFilter;
import io.tributary.cassandra.CassandraConnection;
import io.tributary.cassandra.CassandraMetrics;
import io.tributary.cassandra.Schema;
import io.tributary.contracts.media.PackageRef;
import io.tributary.playback.admin.AdminController;
import io.tributary.playback.admin.AdminDoor;
import io.tributary.playback.bookmarks.Bookmarks;
import io.tributary.playback.bookmarks.CassandraBookmarks;
import io.tributary.playback.catalogue.CassandraCatalogue;
import io.tributary.playback.catalogue.Catalogue;
import io.tributary.playback.catalogue.CatalogueFacts;
import io.tributary.playback.catalogue.CatalogueTitle;
import io.tributary.playback.catalogue.KafkaCatalogueFeed;
import io.tributary.playback.catalogue.S3ManifestSource;
import io.tributary.playback.catalogue.Titles;
import io.tributary.playback.context.Requests;
import io.tributary.playback.entitlement.Accounts;
import io.tributary.playback.entitlement.CassandraAccounts;
import io.tributary.playback.entitlement.ViewerAccount;
import io.tributary.playback.entitlement.Viewers;
import io.tributary.playback.events.Events;
import io.tributary.playback.events.KafkaEvents;
import io.tributary.playback.lastknown.LastKnown;
import io.tributary.playback.lastknown.LastKnownFiles;
import io.tributary.playback.manifest.PackageManifests;
import io.tributary.playback.manifest.PlayPasses;
import io.tributary.playback.manifest.PlayRenderer;
import io.tributary.playback.manifest.http.ManifestsController;
import io.tributary.playback.plays.CassandraPlays;
import io.tributary.playback.plays.HostAddresses;
import io.tributary.playback.plays.HttpSteering;
import io.tributary.playback.plays.LastRankings;
import io.tributary.playback.plays.PlayReports;
import io.tributary.playback.plays.PlayStore;
import io.tributary.playback.plays.Plays;
import io.tributary.playback.plays.Steering;
import io.tributary.playback.plays.http.PlayCounters;
import io.tributary.playback.plays.http.PlaybacksController;
import io.tributary.playback.plays.http.TitlesController;
import io.tributary.playback.problem.BodyLimitFilter;
import io.tributary.playback.problem.ErrorPage;
import io.tributary.playback.problem.ProblemAnswers;
import io.tributary.playback.problem.ProblemValve;
import io.tributary.playback.problem.ProblemWriter;
import io.tributary.playback.store.CassandraStore;
import io.tributary.settings.KafkaAccess;
import io.tributary.settings.KafkaServers;
import io.tributary.settings.ObjectStoreCredentials;
import io.tributary.settings.SettingFile;
import io.tributary.token.KeySet;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Builds every object of the service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  PlaybackProperties.class,
  TributaryProperties.class,
  KafkaServers.class
})
class PlaybackWiring {
  static final Schema SCHEMA = new Schema("playback", "schema/playback");

  /** The largest body of any path: an account with 1,000 entitlements of 64 characters. */
  private static final long MAX_BODY_BYTES = 128 * 1024;

  @Bean
  InstantSource time() {
    return InstantSource.system();
  }

  // What is asked.

  @Bean
  CassandraConnection cassandra(TributaryProperties fleet) throws IOException {
    return CassandraConnection.open(fleet.cassandra(), SCHEMA);
  }

  @Bean
  CassandraMetrics cassandraMetrics(CassandraConnection cassandra) {
    return new CassandraMetrics(cassandra);
  }

  @Bean
  CassandraStore store(CassandraConnection cassandra, InstantSource time) {
    return new CassandraStore(cassandra, time);
  }

  @Bean
  Catalogue catalogue(CassandraStore store) {
    return new CassandraCatalogue(store);
  }

  @Bean
  Accounts accounts(CassandraStore store) {
    return new CassandraAccounts(store);
  }

  @Bean
  Bookmarks bookmarks(CassandraStore store) {
    return new CassandraBookmarks(store);
  }

  @Bean
  PlayStore playStore(CassandraStore store) {
    return new CassandraPlays(store);
  }

  @Bean(initMethod = "start")
  HostAddresses steeringAddresses(PlaybackProperties playback) {
    return new HostAddresses(
        playback.steeringUrls(), playback.steeringResolveInterval(), InetAddress::getAllByName);
  }

  @Bean
  Steering steering(
      PlaybackProperties playback, HostAddresses addresses, JsonMapper json, InstantSource time) {
    return new HttpSteering(playback.steeringUrls(), addresses, json, time);
  }

  // What is remembered.

  @Bean
  Titles titles(
      Catalogue catalogue, PlaybackProperties playback, JsonMapper json, InstantSource time) {
    return new Titles(
        catalogue,
        new LastKnown<>(
            CatalogueTitle.class,
            files(playback, "titles", playback.lastKnown().maxTitles(), time),
            json,
            playback.lastKnown().freshFor(),
            Ticker.systemTicker()));
  }

  @Bean
  Viewers viewers(
      Accounts accounts, PlaybackProperties playback, JsonMapper json, InstantSource time) {
    return new Viewers(
        accounts,
        new LastKnown<>(
            ViewerAccount.class,
            files(playback, "accounts", playback.lastKnown().maxAccounts(), time),
            json,
            playback.lastKnown().freshFor(),
            Ticker.systemTicker()));
  }

  @Bean
  PackageManifests packageManifests(
      Catalogue catalogue, PlaybackProperties playback, JsonMapper json, InstantSource time) {
    return new PackageManifests(
        catalogue, files(playback, "manifests", playback.lastKnown().maxManifests(), time), json);
  }

  @Bean
  LastRankings lastRankings(PlaybackProperties playback, JsonMapper json, InstantSource time) {
    Duration maxAge = playback.plays().minimumLife();
    return new LastRankings(
        new LastKnownFiles(
            lastKnown(playback, "rankings"), playback.lastKnown().maxRankings(), maxAge, time),
        maxAge,
        json,
        Ticker.systemTicker());
  }

  // What is decided.

  @Bean
  PlayPasses playPasses(PlaybackProperties playback, JsonMapper json, InstantSource time)
      throws IOException {
    SettingFile file =
        new SettingFile(
            "playback.signing-keys-file",
            playback.signingKeysFile(),
            "a JWK set of EC P-256 keys, one of them private");
    try {
      return new PlayPasses(KeySet.parse(file.text()), json, time);
    } catch (IllegalArgumentException otherKeys) {
      // Its words name a key at most by its id.
      throw file.unusable(String.valueOf(otherKeys.getMessage()));
    }
  }

  @Bean
  Plays plays(
      Viewers viewers,
      Titles titles,
      Bookmarks bookmarks,
      Steering steering,
      LastRankings lastRankings,
      PlayStore playStore,
      PlayPasses passes,
      Events events,
      PlaybackProperties playback,
      InstantSource time) {
    return new Plays(
        viewers,
        titles,
        bookmarks,
        steering,
        lastRankings,
        playStore,
        passes,
        events,
        playback.plays(),
        time,
        new SecureRandom());
  }

  @Bean
  PlayReports playReports(
      PlayStore playStore, PlayPasses passes, Events events, InstantSource time) {
    return new PlayReports(playStore, passes, events, time);
  }

  // Kafka.

  @Bean
  KafkaAccess kafka(KafkaServers servers) throws IOException {
    return servers.access();
  }

  @Bean(initMethod = "start")
  KafkaEvents events(
      KafkaAccess kafka, JsonMapper json, InstantSource time, MeterRegistry metrics) {
    return new KafkaEvents(kafka, json, time, metrics);
  }

  @Bean(initMethod = "start")
  KafkaCatalogueFeed catalogueFeed(
      KafkaAccess kafka,
      TributaryProperties fleet,
      Catalogue catalogue,
      Titles titles,
      PackageManifests manifests,
      JsonMapper json,
      MeterRegistry metrics)
      throws IOException {
    return new KafkaCatalogueFeed(
        kafka,
        new CatalogueFacts(
            catalogue,
            new S3ManifestSource(
                fleet.objectStore(),
                ObjectStoreCredentials.in(fleet.objectStore().credentialsFile())),
            json,
            new Remembering(titles, manifests)),
        json,
        metrics);
  }

  // HTTP.

  @Bean
  Requests requests(TributaryProperties fleet, InstantSource time) {
    return new Requests(fleet.region(), time);
  }

  @Bean
  PlaybacksController playbacksController(
      Plays plays,
      PlayReports reports,
      PlayStore playStore,
      Bookmarks bookmarks,
      Requests requests,
      MeterRegistry metrics,
      PlaybackProperties playback) {
    return new PlaybacksController(
        plays,
        reports,
        playStore,
        bookmarks,
        playback.plays(),
        requests,
        new PlayCounters(metrics),
        playback.publicBaseUrl(),
        !playback.steeringFaceUrl().isEmpty());
  }

  @Bean
  TitlesController titlesController(Titles titles) {
    return new TitlesController(titles);
  }

  @Bean
  ManifestsController manifestsController(
      PlayPasses passes, PackageManifests manifests, PlaybackProperties playback) {
    return new ManifestsController(
        passes, manifests, new PlayRenderer(passes, playback.steeringFaceUrl()));
  }

  @Bean
  AdminController adminController(
      Catalogue catalogue,
      Titles titles,
      Accounts accounts,
      Viewers viewers,
      Events events,
      Requests requests) {
    return new AdminController(catalogue, titles, accounts, viewers, events, requests);
  }

  @Bean
  ProblemAnswers problemAnswers() {
    return new ProblemAnswers();
  }

  @Bean
  ErrorPage errorPage() {
    return new ErrorPage();
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> containerProblems() {
    return factory ->
        factory.addContextCustomizers(context ->
            ((StandardHost) context.getParent())
                .setErrorReportValveClass(ProblemValve.class.getName()));
  }

  @Bean
  AdminDoor adminDoor(PlaybackProperties playback, JsonMapper json) {
    return new AdminDoor(
        playback.admin().address(), playback.admin().port(), new ProblemWriter(json));
  }

  @Bean
  FilterRegistrationBean<AdminDoor> adminDoorFilter(AdminDoor door) {
    return ordered(door, 1);
  }

  @Bean
  FilterRegistrationBean<BodyLimitFilter> bodyLimit(JsonMapper json) {
    return ordered(new BodyLimitFilter(MAX_BODY_BYTES, new ProblemWriter(json)), 2);
  }

  @Bean
  FilterRegistrationBean<BearerFilter> bearer(TributaryProperties fleet, InstantSource time) {
    return ordered(
        new BearerFilter(new BearerVerifier(fleet.identity(), time), PlaybackWiring::rule), 3);
  }

  /** What each path asks of its callers. */
  private static AccessRule rule(HttpServletRequest request) {
    String path = BearerFilter.path(request);
    if (path.startsWith("/admin/")) {
      return AccessRule.operators();
    }
    // A manifest's path is its own ticket; players cannot send headers.
    return path.startsWith("/api/") && !path.startsWith("/api/v1/manifests/")
        ? new AccessRule.CallerIfShown()
        : new AccessRule.Open();
  }

  private static <F extends Filter> FilterRegistrationBean<F> ordered(F filter, int order) {
    FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(order);
    return registration;
  }

  private static LastKnownFiles files(
      PlaybackProperties playback, String kind, int maxEntries, InstantSource time) {
    return new LastKnownFiles(
        lastKnown(playback, kind), maxEntries, playback.lastKnown().maxAge(), time);
  }

  private static Path lastKnown(PlaybackProperties playback, String kind) {
    return playback.stateDirectory().resolve("last-known").resolve(kind);
  }

  /** What the feed brings counts as seen. */
  private record Remembering(Titles titles, PackageManifests manifests)
      implements CatalogueFacts.Watcher {
    @Override
    public void sawTitle(CatalogueTitle title) {
      titles.saw(title);
    }

    @Override
    public boolean wantsManifest(PackageRef ref) {
      return !manifests.isOnDisk(ref);
    }

    @Override
    public void sawManifest(PackageRef ref, byte[] gzipped) {
      manifests.saw(ref, gzipped);
    }
  }
}
