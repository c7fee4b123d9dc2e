@NullMarked
package io.carillon.adapter.kafka;

import org.jspecify.annotations.NullMarked;
