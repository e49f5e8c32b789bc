#include "pipeline/ordered_workers.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <vector>

using weft::pipeline::OrderedWorkers;

TEST_CASE("results come back in the order of the jobs, with any number of threads") {
  for (unsigned threads : {1u, 2u, 7u}) {
    OrderedWorkers<int, int> workers(threads, 5, [](int& job, unsigned) {
      std::this_thread::sleep_for(
          std::chrono::microseconds((job * 37) % 200));  // finish out of order
      return job * job;
    });
    std::vector<int> results;
    for (int i = 0; i < 100; ++i) {
      if (workers.full()) results.push_back(workers.take());
      workers.put(i);
    }
    while (!workers.empty()) results.push_back(workers.take());
    REQUIRE(results.size() == 100);
    for (int i = 0; i < 100; ++i) CHECK(results[static_cast<size_t>(i)] == i * i);
  }
}

TEST_CASE("an exception of a job comes out of take() and the others go on") {
  OrderedWorkers<int, int> workers(2, 10, [](int& job, unsigned) {
    if (job == 3) throw std::runtime_error("three");
    return job;
  });
  for (int i = 0; i < 6; ++i) workers.put(i);
  int sum = 0;
  for (int i = 0; i < 6; ++i) {
    if (i == 3) {
      CHECK_THROWS_WITH(workers.take(), "three");
    } else {
      sum += workers.take();
    }
  }
  CHECK(sum == 0 + 1 + 2 + 4 + 5);
}

TEST_CASE("jobs that nobody takes are dropped without a hang") {
  std::atomic<int> done = 0;
  {
    OrderedWorkers<int, int> workers(2, 100, [&](int& job, unsigned) {
      ++done;
      return job;
    });
    for (int i = 0; i < 50; ++i) workers.put(i);
  }
  CHECK(done <= 50);
}
