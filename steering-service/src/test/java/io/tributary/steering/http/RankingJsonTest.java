package io.tributary.steering.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.contracts.event.NodeKind;
import io.tributary.contracts.steering.Ranking;
import io.tributary.contracts.steering.RankingRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What is read and written field by field is what the mapper would read and write. */
class RankingJsonTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final RankingRequestJson requests = new RankingRequestJson(JSON);

  @Test
  void everyRankingIsWrittenAsTheMapperWritesIt() {
    for (Ranking ranking :
        List.of(
            new Ranking("d-1-a-1", 12, 250, List.of(), "not-placed"),
            new Ranking(
                "d-1-\"é\\\u0001-1",
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                List.of(
                    new Ranking.Node("n1", "s1", "http://192.0.2.1:1"),
                    new Ranking.Node("cdn", "cdn", "https://cdn.example", NodeKind.EXTERNAL)),
                "steered"))) {
      assertEquals(
          JSON.writeValueAsString(ranking),
          new String(new RankingJson(JSON).bytes(ranking), StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"playbackId\":\"p\",\"titleId\":\"t\",\"packageVersion\":\"v\",\"clientAddress\":\"\",\"maxNodes\":3,\"bitsPerSecond\":5,\"manifestNodes\":[\"a\",\"b\"]}",
        "{\"playbackId\":\"p\",\"titleId\":\"t\",\"packageVersion\":\"v\",\"clientAddress\":\"\",\"maxNodes\":3,\"bitsPerSecond\":null,\"manifestNodes\":null}",
        "{\"playbackId\":\"p\",\"titleId\":\"t\",\"packageVersion\":\"v\",\"clientAddress\":\"\",\"maxNodes\":\"3\",\"manifestNodes\":[]}",
        "{\"playbackId\":\"p\",\"titleId\":\"t\",\"packageVersion\":\"v\",\"clientAddress\":\"\",\"maxNodes\":0}",
        "{\"maxNodes\":3,\"titleId\":\"t\",\"titleId\":\"u\",\"playbackId\":7,\"more\":{\"a\":[1]}}",
        "{}",
        "null",
        " {\"playbackId\":null,\"maxNodes\":1} ",
        "{\"playbackId\":\"p\",\"maxNodes\":3.5}",
        "{\"playbackId\":\"p\",\"maxNodes\":99999999999}",
        "{\"playbackId\":\"p\",\"titleId\":\"t\",\"packageVersion\":\"v\",\"clientAddress\":\"\",\"maxNodes\":3,\"bitsPerSecond\":1e3}",
        "{\"playbackId\":\"p\",\"titleId\":\"t\",\"packageVersion\":\"v\",\"clientAddress\":\"\",\"maxNodes\":3,\"bitsPerSecond\":99999999999999999999}",
        "{\"playbackId\":\"p\",\"titleId\":\"t\",\"packageVersion\":\"v\",\"clientAddress\":\"\",\"maxNodes\":3,\"manifestNodes\":[\"a\",1]}",
        "{\"playbackId\":\"p\",\"titleId\":\"t\",\"packageVersion\":\"v\",\"clientAddress\":\"\",\"maxNodes\":3,\"manifestNodes\":\"a\"}",
        "{\"playbackId\":\"p\",\"titleId\":\"t\",\"packageVersion\":\"v\",\"clientAddress\":\"\",\"maxNodes\":3}"
            + " {}",
        "{\"playbackId\":\"p\",\"titleId\":\"t\",\"packageVersion\":\"v\",\"clientAddress\":\"\",\"maxNodes\":3",
        "[]",
        "",
        "hello"
      })
  void everyRequestIsReadOrRefusedAsTheMapperDoes(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    @Nullable RankingRequest read;
    try {
      read = JSON.readValue(bytes, RankingRequest.class);
    } catch (JacksonException refused) {
      assertEquals(
          refused.getOriginalMessage(),
          assertThrows(JacksonException.class, () -> requests.read(bytes)).getOriginalMessage());
      return;
    }
    assertEquals(read, requests.read(bytes));
  }
}
