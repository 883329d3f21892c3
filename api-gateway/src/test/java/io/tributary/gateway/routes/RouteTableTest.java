package io.tributary.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tributary.bearer.AccessRule;
import io.tributary.contracts.context.Priority;
import io.tributary.gateway.routes.PathRoute.Target;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
  private final RouteTable table = new RouteTable(true, Set.of("/", "/main.js"));

  @Test
  void everyPublicOperationGoesToPlayback() {
    assertService(Upstream.PLAYBACK, "GET", "/api/v1/titles");
    assertService(Upstream.PLAYBACK, "POST", "/api/v1/playbacks");
    assertService(Upstream.PLAYBACK, "POST", "/api/v1/playbacks/p1/renewals");
    assertService(Upstream.PLAYBACK, "PUT", "/api/v1/playbacks/p1/position");
    assertService(Upstream.PLAYBACK, "POST", "/api/v1/playbacks/p1/reports");
    assertService(Upstream.PLAYBACK, "HEAD", "/api/v1/manifests/token/main.m3u8");
    assertService(Upstream.PLAYBACK, "GET", "/api/v1/manifests/token/pathway/v720.m3u8");
  }

  @Test
  void adminPathsGoToTheirOwners_forOperatorsAlone() {
    assertAdmin(Upstream.PLAYBACK_ADMIN, "GET", "/admin/v1/titles");
    assertAdmin(Upstream.PLAYBACK_ADMIN, "DELETE", "/admin/v1/accounts/demo%40example.org");
    assertAdmin(Upstream.CONTROL_PLANE, "PUT", "/admin/v1/sites/s1");
    assertAdmin(Upstream.CONTROL_PLANE, "GET", "/admin/v1/packages/t/p1");
    assertAdmin(Upstream.CONTROL_PLANE, "PUT", "/admin/v1/purges/t");
    assertAdmin(Upstream.MEDIA_PIPELINE, "POST", "/admin/v1/ingests/i1/complete");
    PathRoute part = assertAdmin(Upstream.MEDIA_PIPELINE, "PUT", "/admin/v1/ingests/i1/parts/3");
    assertEquals(PathRoute.Body.PART, part.body());
  }

  /** Whoever plays may tell how it goes; and telling gives way to playing. */
  @Test
  void reportsNeedNoTokenAndGiveWayToAllElse() {
    PathRoute reports = found(Door.PUBLIC, "POST", "/api/v1/playbacks/p1/reports");
    assertEquals(new AccessRule.CallerIfShown(), reports.access());
    assertEquals(Priority.BULK, reports.priority());
    assertEquals(PathRoute.Body.JSON, reports.body());
  }

  @Test
  void noDoorHasTheOthersPaths() {
    assertEquals(new RouteMatch.Nowhere(), table.match(Door.PUBLIC, "GET", "/admin/v1/titles"));
    assertEquals(new RouteMatch.Nowhere(), table.match(Door.ADMIN, "GET", "/api/v1/titles"));
    assertEquals(new RouteMatch.Nowhere(), table.match(Door.ADMIN, "GET", "/"));
    assertEquals(
        new RouteMatch.Nowhere(), table.match(Door.PUBLIC, "GET", "/internal/v1/rankings"));
    assertEquals(new RouteMatch.Nowhere(), table.match(Door.PUBLIC, "GET", "/actuator/health"));
  }

  @Test
  void aWrongMethodIsToldTheRightOnes() {
    assertEquals(
        new RouteMatch.WrongMethod(Set.of("POST")),
        table.match(Door.PUBLIC, "GET", "/api/v1/playbacks"));
  }

  @Test
  void withoutALocalIssuerItsPathDoesNotExist() {
    assertEquals(
        new RouteMatch.Nowhere(),
        new RouteTable(false, Set.of("/")).match(Door.PUBLIC, "POST", "/auth/local/token"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/manifests/../../../admin/v1/titles",
        "/api/v1/manifests/./x",
        "/api/v1/manifests/%2e%2e/%2e%2e/admin/v1/titles",
        "/api/v1/manifests/.%2E/x",
        "/api/v1/manifests/..%2fx",
        "/api/v1/manifests/..%5cx",
        "/api/v1/manifests/..\\x",
        "/api/v1/manifests/%252e%252e/x",
        "/api/v1/manifests/x;/../y",
        "/api/v1/manifests//x",
        "/api/v1/manifests/x%00.m3u8",
        "/api/v1/manifests/x%0d%0ay",
        "/api/v1/manifests/%c",
        "/api/v1/manifests/%zz",
        "*"
      })
  void aPathThatTwoReadersCouldTakeForTwoIsRoutedNowhere(String path) {
    assertInstanceOf(RouteMatch.Ambiguous.class, table.match(Door.PUBLIC, "GET", path));
  }

  @Test
  void aManifestsPathIsNeverShown_becauseItHoldsAPlaysRight() {
    var refused =
        assertInstanceOf(
            RouteMatch.Ambiguous.class,
            table.match(Door.PUBLIC, "GET", "/api/v1/manifests/secret/../x"));
    assertThat(refused.reason()).doesNotContain("secret");
  }

  private void assertService(Upstream upstream, String method, String path) {
    assertEquals(new Target.Service(upstream), found(Door.PUBLIC, method, path).target());
  }

  private PathRoute assertAdmin(Upstream upstream, String method, String path) {
    PathRoute route = found(Door.ADMIN, method, path);
    assertEquals(new Target.Service(upstream), route.target());
    assertEquals(AccessRule.operators(), route.access());
    return route;
  }

  private PathRoute found(Door door, String method, String path) {
    return assertInstanceOf(RouteMatch.Found.class, table.match(door, method, path)).route();
  }
}
