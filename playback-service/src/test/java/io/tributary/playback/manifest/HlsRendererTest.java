package io.tributary.playback.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.contracts.api.Pathway;
import io.tributary.contracts.media.PackageManifest;
import java.util.List;
import org.junit.jupiter.api.Test;

class HlsRendererTest {
  private static final List<Pathway> TWO_PATHWAYS =
      List.of(
          new Pathway("nearPath", "node-a", "http://a:1/t/token/demo/p0123456789ab/"),
          new Pathway("other-_1", "node-b", "http://b:1/t/token/demo/p0123456789ab/"));
  private static final List<Pathway> ONE_PATHWAY =
      List.of(new Pathway("onlyPath", "node-a", "http://a:1/t/token/demo/p0123456789ab/"));

  @Test
  void aMultivariantPlaylistNamesEveryVariantOnceAPathwayBestPathwayFirst() {
    assertThat(HlsRenderer.multivariant(Packages.at25(), TWO_PATHWAYS, null))
        .isEqualTo(Golden.text("multivariant-25.m3u8"));
  }

  @Test
  void whereThereIsSteeringItIsNamedWithTheFirstPathway() {
    String steered =
        HlsRenderer.multivariant(
            Packages.at25(), TWO_PATHWAYS, "http://steer/steering/v1/hls/state");

    assertThat(steered.lines().toList())
        .containsOnlyOnce(
            "#EXT-X-CONTENT-STEERING:SERVER-URI=\"http://steer/steering/v1/hls/state\","
                + "PATHWAY-ID=\"nearPath\"");
  }

  @Test
  void playlistsThatThePackageHasAreNamedAtEachPathwaysNode() {
    assertThat(
            HlsRenderer.multivariant(Packages.withPlaylists(Packages.at25()), TWO_PATHWAYS, null))
        .isEqualTo(Golden.text("multivariant-25-at-nodes.m3u8"));
    assertThat(
            HlsRenderer.multivariant(
                Packages.withPlaylists(Packages.soundOnly()), ONE_PATHWAY, null))
        .endsWith("\nhttp://a:1/t/token/demo/p0123456789ab/a0/index.m3u8\n");
  }

  @Test
  void anUnknownLanguageIsNotNamedAndNtscRatesHaveThreeDecimals() {
    assertThat(HlsRenderer.multivariant(Packages.at23976(), ONE_PATHWAY, null))
        .isEqualTo(Golden.text("multivariant-23976.m3u8"));
  }

  @Test
  void aTitleWithoutPictureHasItsSoundAsVariants() {
    assertThat(HlsRenderer.multivariant(Packages.soundOnly(), ONE_PATHWAY, null))
        .isEqualTo(Golden.text("multivariant-sound-only.m3u8"));
  }

  @Test
  void aTitleWithoutSoundNamesNoAudioGroup() {
    assertThat(HlsRenderer.multivariant(Packages.silent(), ONE_PATHWAY, null))
        .contains("CODECS=\"avc1.4d401f\",")
        .doesNotContain("AUDIO");
  }

  @Test
  void mediaPlaylistsHaveExactDurationsAndAbsoluteUrls() {
    assertThat(media(Packages.at25(), 0)).isEqualTo(Golden.text("video-25.m3u8"));
    assertThat(media(Packages.at23976(), 0)).isEqualTo(Golden.text("video-23976.m3u8"));
    assertThat(media(Packages.at23976(), 1)).isEqualTo(Golden.text("audio-23976.m3u8"));
  }

  /** 1,000 segments of 1/3 s: rounding each by itself would lose a third of a millisecond. */
  @Test
  void roundedDurationsAddUpToTheWhole() {
    var rendition = Packages.video("v1", 2, 2, 3, 1, 3, java.util.Collections.nCopies(1_000, 1L));

    double sum =
        HlsRenderer.media(rendition, "http://n/")
            .lines()
            .filter(line -> line.startsWith("#EXTINF:"))
            .mapToDouble(line -> Double.parseDouble(line.substring(8, line.length() - 1)))
            .sum();

    assertThat(sum).isCloseTo(1_000 / 3.0, org.assertj.core.data.Offset.offset(1e-6));
  }

  private static String media(PackageManifest media, int rendition) {
    return HlsRenderer.media(
        media.renditions().get(rendition), "http://node:1/t/token/demo/p0123456789ab/");
  }
}
