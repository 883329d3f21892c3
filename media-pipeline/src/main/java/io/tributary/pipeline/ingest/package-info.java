/** Sources on their way in: upload into staging, and the record of each one's life. */
@NullMarked
package io.tributary.pipeline.ingest;

import org.jspecify.annotations.NullMarked;
