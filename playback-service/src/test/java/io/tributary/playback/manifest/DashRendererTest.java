package io.tributary.playback.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.contracts.api.Pathway;
import io.tributary.contracts.media.MediaKind;
import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.Rendition;
import io.tributary.contracts.media.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;

class DashRendererTest {
  private static final List<Pathway> TWO_PATHWAYS =
      List.of(
          new Pathway("nearPath", "node-a", "http://a:1/t/token/demo/p0123456789ab/"),
          new Pathway("other-_1", "node-b", "http://b:1/t/token/demo/p0123456789ab/"));

  @Test
  void whereThereIsSteeringItIsNamedWithTheFirstPlace() {
    assertThat(
            DashRenderer.mpd(Packages.at25(), TWO_PATHWAYS, "http://steer/steering/v1/dash/state"))
        .contains(
            "<ContentSteering defaultServiceLocation=\"nearPath\" queryBeforeStart=\"false\">"
                + "http://steer/steering/v1/dash/state</ContentSteering>\n"
                + "  <BaseURL serviceLocation=\"nearPath\"");
  }

  @Test
  void anMpdHasABaseUrlAPathwayAndExactTimelines() {
    assertThat(DashRenderer.mpd(Packages.at25(), TWO_PATHWAYS, null))
        .isEqualTo(Golden.text("25.mpd"));
    assertThat(DashRenderer.mpd(Packages.at23976(), TWO_PATHWAYS, null))
        .isEqualTo(Golden.text("23976.mpd"));
  }

  @Test
  void aTitleWithoutPictureHasOneAdaptationSet() {
    assertThat(DashRenderer.mpd(Packages.soundOnly(), TWO_PATHWAYS, null))
        .contains("<AdaptationSet id=\"0\" contentType=\"audio\"")
        .doesNotContain("video");
  }

  @Test
  void segmentsWhoseNamesDoNotCountUpAreListedOneByOne() {
    var rendition =
        new Rendition(
            "v1",
            MediaKind.VIDEO,
            "avc1.4d401f",
            1_000,
            1,
            1,
            null,
            null,
            new PackageFile("v1/init.mp4", 1, ""),
            List.of(
                new Segment("v1/first.m4s", 0, 4_000, 1, ""),
                new Segment("v1/next.m4s", 4_000, 4_000, 1, "")),
            null);

    assertThat(DashRenderer.mpd(Packages.title(8_000, rendition), TWO_PATHWAYS, null))
        .contains("<SegmentList timescale=\"1000\">")
        .contains("<Initialization sourceURL=\"v1/init.mp4\"/>")
        .contains("<S t=\"0\" d=\"4000\" r=\"1\"/>")
        .contains("<SegmentURL media=\"v1/first.m4s\"/>", "<SegmentURL media=\"v1/next.m4s\"/>");
  }
}
