// Runs jobs on N threads and gives their results back in the order in which the jobs were put in: a
// bounded queue of futures, as in libosmium. The thread that puts jobs in is the one that takes
// results out.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

namespace weft::pipeline {

/// Job: what a worker needs; Result: what it gives. `work` is called as work(job, thread) with
/// thread in 0..N-1 and may throw: the exception comes out of take(). At most `capacity` jobs are
/// held at once, so memory is bounded whatever the input.
template <class Job, class Result>
class OrderedWorkers {
 public:
  using Work = std::function<Result(Job&, unsigned thread)>;

  OrderedWorkers(unsigned threads, size_t capacity, Work work)
      : capacity_(capacity), work_(std::move(work)) {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this, i] { run(i); });
  }

  ~OrderedWorkers() {
    {
      std::lock_guard lock(mutex_);
      stop_ = true;
    }
    wake_.notify_all();
    for (std::thread& t : threads_) t.join();
  }

  OrderedWorkers(const OrderedWorkers&) = delete;
  OrderedWorkers& operator=(const OrderedWorkers&) = delete;

  bool full() const { return results_.size() >= capacity_; }
  size_t size() const { return results_.size(); }
  bool empty() const { return results_.empty(); }

  /// Call only while not full().
  void put(Job job) {
    std::packaged_task<Result(unsigned)> task(
        [this, job = std::move(job)](unsigned thread) mutable { return work_(job, thread); });
    results_.push_back(task.get_future());
    {
      std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    wake_.notify_one();
  }

  /// The oldest job's result; waits for it. Call only while not empty().
  Result take() {
    std::future<Result> result = std::move(results_.front());
    results_.pop_front();
    return result.get();
  }

 private:
  void run(unsigned thread) {
    for (;;) {
      std::packaged_task<Result(unsigned)> task;
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return stop_ || !tasks_.empty(); });
        if (stop_) return;
        task = std::move(tasks_.front());
        tasks_.pop_front();
      }
      task(thread);
    }
  }

  size_t capacity_;
  Work work_;
  std::deque<std::future<Result>> results_;  // only the putting thread touches it
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::packaged_task<Result(unsigned)>> tasks_;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace weft::pipeline
