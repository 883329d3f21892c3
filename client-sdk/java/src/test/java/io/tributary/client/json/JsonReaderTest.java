package io.tributary.client.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  @Test
  void readsEveryKindOfValue() {
    JsonObject json =
        object(
            "{\"s\":\"a\\u00e9\\n\\\"\\/\",\"n\":9007199254740992,\"t\":true,\"z\":null,\"o\":{\"x\":\"y\"},\"a\":[{\"i\":0}]}");

    assertThat(json.text("s")).isEqualTo("aé\n\"/");
    assertThat(json.count("n")).isEqualTo(1L << 53);
    assertThat(json.truthOr("t", false)).isTrue();
    assertThat(json.optionalText("z")).isNull();
    assertThat(json.optionalText("absent")).isNull();
    assertThat(json.object("o").text("x")).isEqualTo("y");
    assertThat(json.objects("a").get(0).count("i")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{a:1}",
        "{\"a\":1}x",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "+1",
        "NaN",
        "tru",
        "nulll",
        "\"\n\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u\uFF11234\"",
        "\"open",
        "{\"a\":1,\"a\":2}",
        "/*c*/1",
        "'a'",
        "[1 2]",
        "\uFEFF1"
      })
  void refusesWhatIsNotJson(String text) {
    assertThatThrownBy(() -> JsonReader.read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JsonException.class);
  }

  @Test
  void refusesMalformedUtf8() {
    byte[] overlongSlash = {'"', (byte) 0xC0, (byte) 0xAF, '"'};

    assertThatThrownBy(() -> JsonReader.read(overlongSlash))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void refusesDepthBeforeTheStackOverflows() {
    assertThatThrownBy(
            () -> JsonReader.read("[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("deeper than 32");
  }

  @Test
  void refusesANumberOfAMillionDigits() {
    assertThatThrownBy(
            () -> JsonReader.read("9".repeat(1_000_000).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("longer than 64");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "1.5", "1e3", "9007199254740993", "99999999999999999999", "\"1\"", "null"})
  void aCountIsAWholeNumberThatEveryJsonKeeps(String literal) {
    JsonObject json = object("{\"a\":{\"n\":" + literal + "}}");

    assertThatThrownBy(() -> json.object("a").count("n"))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("the answer.a.n is");
  }

  /** Whatever bytes come, the answer is a value or a JsonException, and soon. */
  @Test
  void noBytesBreakIt() {
    byte[] sample =
        "{\"a\":[1,-2.5e3,\"x\\u0041\",true,null],\"b\":{}}".getBytes(StandardCharsets.UTF_8);
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = sample.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(JsonReader.read(bytes)).isNotNull();
      } catch (JsonException refused) {
        assertThat(refused).as("seed %d", seed).hasMessageMatching("(?s).+");
      }
    }
  }

  @Test
  void whatIsWrittenIsReadBack() {
    String nasty = "a\"b\\c\u0001\ud83d\ude00\ud83d";

    JsonObject json =
        object(new JsonText().with("k\"", nasty).with("n", 7).withOneOf("l", "x").done());

    assertThat(json.text("k\"")).isEqualTo(nasty);
    assertThat(json.count("n")).isEqualTo(7);
  }

  private static JsonObject object(String text) {
    return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
  }
}
