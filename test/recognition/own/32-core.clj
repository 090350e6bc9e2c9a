(ns shop.partnero
  (:require [clj-http.client :as http]
            [cheshire.core :as json]))

(def base "https://api.partnero.com/v1")
(def customer-key "⟦clj-1⟧")

(defn sale []
  {:key "⟪clj-tx-1⟫"
   :amount 3
   :customer {:key "⟦clj-2⟧"}})

(defn look [id]
  (http/get (str base "/customers/" id)))

(comment
  (http/get (str base "/customers/⟦clj-3⟧"))
  (http/post (str base "/customers")
             {:body (json/encode {:partner {:key "⟪clj-partner⟫"} :key "⟦clj-4⟧" :email "c4@example.com"})})
  (swap! cache assoc :key "⟪clj-cache⟫"))
