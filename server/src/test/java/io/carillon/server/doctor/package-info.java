@NullMarked
package io.carillon.server.doctor;

import org.jspecify.annotations.NullMarked;
