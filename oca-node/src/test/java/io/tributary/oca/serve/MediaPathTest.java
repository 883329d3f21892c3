package io.tributary.oca.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.oca.serve.MediaPath.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaPathTest {
  private static final Target MEDIA =
      new Target.Media(new MediaPath("TOKEN", "film/p1", "v720/00001.m4s"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/t/TOKEN/film/p1/v720/00001.m4s",
        "/t/TOKEN/film/p1/v720/00001.m4s?CMCD=br%3D1&x=..%2f",
        "http://node:8085/t/TOKEN/film/p1/v720/00001.m4s"
      })
  void aMediaPathIsTakenApart(String target) {
    assertThat(MediaPath.parse(target)).isEqualTo(MEDIA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/t/TOKEN/film/p1/v720/../../../etc/passwd",
        "/t/TOKEN/film/p1/v720/..",
        "/t/TOKEN/film/p1/./init.mp4",
        "/t/TOKEN/film/p1/v720/%2e%2e/x",
        "/t/TOKEN/film/p1/v720%2finit.mp4",
        "/t/TOKEN/film/p1/v720/init.mp4%00",
        "/t/TOKEN/film/p1/v720/%252e%252e/x",
        "/t/TOKEN/film/p1/v720\\..\\init.mp4",
        "/t/TOKEN/film/p1/v720/\u0000",
        "/t/TOKEN//p1/v720/init.mp4",
        "/t/TOKEN/film/p1/v720/init.mp4#x",
        "/t/TOKEN/film/p1/v720/\u00e9",
        "t/TOKEN/film/p1/v720/init.mp4",
        "http://node",
        "*",
        ""
      })
  void whatIsNotPlainIsMalformed(String target) {
    assertThat(MediaPath.parse(target)).isEqualTo(new Target.Malformed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/t/", "/t/TOKEN", "/t/film/p1/v720/init.mp4", "/t//film/p1/v720/init.mp4"})
  void withoutATokenItIsIncomplete(String target) {
    assertThat(MediaPath.parse(target)).isEqualTo(new Target.Incomplete());
  }

  @Test
  void anotherPathIsItself() {
    assertThat(MediaPath.parse("/healthz")).isEqualTo(new Target.Other("/healthz"));
  }

  @Test
  void itsTextHasNoToken() {
    assertThat(new MediaPath("TOKEN", "film/p1", "v720/x")).hasToString("film/p1/v720/x");
  }
}
