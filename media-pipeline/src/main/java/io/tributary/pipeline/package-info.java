@NullMarked
package io.tributary.pipeline;

import org.jspecify.annotations.NullMarked;
