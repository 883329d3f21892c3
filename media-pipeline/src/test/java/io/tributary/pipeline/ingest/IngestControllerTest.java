package io.tributary.pipeline.ingest;

import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.http.MediaType.APPLICATION_OCTET_STREAM;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import tools.jackson.databind.json.JsonMapper;

/** The statuses that the API's description promises. */
class IngestControllerTest {
  private static final String INGESTS = "/admin/v1/ingests";

  private final MockMvc door =
      MockMvcBuilders.standaloneSetup(
              new IngestController(
                  new IngestDesk(
                      new InMemoryIngests(),
                      new InMemoryStaging(),
                      IngestConfig.DEFAULTS,
                      InstantSource.fixed(Instant.EPOCH),
                      new Random(1),
                      _ -> {})))
          .setControllerAdvice(new ProblemAnswers())
          .build();

  @Test
  void aSourceComesInByThreeRequests() throws Exception {
    String ingest = INGESTS + "/" + announced();

    door.perform(put(ingest + "/parts/1").contentType(APPLICATION_OCTET_STREAM).content("bytes"))
        .andExpect(status().isNoContent())
        .andExpect(content().string(""));
    door.perform(post(ingest + "/complete"))
        .andExpect(status().isAccepted())
        .andExpect(jsonPath("$.state").value("queued"));
    door.perform(get(ingest))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.state").value("queued"));
  }

  @Test
  void whatTheDeskRefusesIsAProblem() throws Exception {
    String ingest = INGESTS + "/" + announced();

    door.perform(put(ingest + "/parts/1").content("too many bytes"))
        .andExpect(status().isContentTooLarge())
        .andExpect(content().contentType(APPLICATION_PROBLEM_JSON))
        .andExpect(jsonPath("$.type").value("urn:tributary:problem:body-too-large"))
        .andExpect(jsonPath("$.detail").value("part 1 has more than 5 bytes (expected: 5)"));
    door.perform(get(INGESTS + "/i0"))
        .andExpect(status().isNotFound())
        .andExpect(jsonPath("$.retryable").value(false));
  }

  private String announced() throws Exception {
    String body =
        door.perform(
                post(INGESTS)
                    .contentType(APPLICATION_JSON)
                    .content("{\"titleId\":\"tears\",\"fileName\":\"a.mp4\",\"bytes\":5}"))
            .andExpect(status().isCreated())
            .andReturn()
            .getResponse()
            .getContentAsString();
    return JsonMapper.shared().readTree(body).get("ingestId").asString();
  }
}
