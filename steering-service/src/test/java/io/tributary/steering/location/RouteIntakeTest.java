package io.tributary.steering.location;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteIntakeTest {
  private static final IpPrefix TEN = IpPrefix.parse("10.0.0.0/8");
  private static final IpPrefix ELEVEN = IpPrefix.parse("11.0.0.0/8");

  private final RouteIntake intake =
      new RouteIntake(
          new Sites(List.of(new SitePlace("campus", "university", null))),
          new Grants(List.of(new NetworkGrant("university", Set.of(TEN), Set.of()))));

  @Test
  void theOperatorsWordNeedsNoGrant() {
    assertNull(intake.said(ELEVEN, said("campus")));
    assertEquals(1, intake.table().size());
  }

  @Test
  void aStrangersWordNeedsOne() {
    assertNull(intake.announced(TEN, announced("campus"), 0));
    assertEquals(SetAsideReason.NOT_GRANTED, intake.announced(ELEVEN, announced("campus"), 64_500));
    assertEquals(1, intake.table().size());
  }

  @Test
  void nobodySpeaksOfASiteThatIsNotThere() {
    assertEquals(SetAsideReason.UNKNOWN_SITE, intake.said(TEN, said("mars")));
    assertEquals(SetAsideReason.UNKNOWN_SITE, intake.announced(TEN, announced("mars"), 0));
  }

  @Test
  void aSiteAnnouncesOnlySoMuchAndLeavesRoomForOthers() {
    for (int i = 0; i < RouteIntake.MAX_ANNOUNCED_PER_SITE; i++) {
      IpPrefix prefix = IpPrefix.masked(new byte[] {10, (byte) (i >> 8), (byte) i, 0}, 24);
      assertNull(intake.announced(prefix, announced("campus"), 0));
    }
    assertEquals(SetAsideReason.SITE_FULL, intake.announced(TEN, announced("campus"), 0));
    assertNull(intake.said(TEN, said("campus")));
  }

  private static RouteOrigin said(String siteId) {
    return RouteOrigin.said(siteId, RouteOrigin.DEFAULT_PREFERENCE, RouteSource.CSV);
  }

  private static RouteOrigin announced(String siteId) {
    return new RouteOrigin(siteId, 100, 1, 64_500, 0, RouteSource.NODE);
  }
}
